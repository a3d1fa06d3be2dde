-- Trino's geospatial functions as DuckDB macros, where the `spatial` extension is installed.
-- What the two write or compute otherwise is refused: the order of a polygon's points, points of several kinds.
CREATE MACRO trino_shape(g) AS ST_GeometryType(g)::VARCHAR;
CREATE MACRO trino_only(g, kinds, name, value) AS CASE
    WHEN g IS NULL THEN NULL
    WHEN list_contains(kinds, trino_shape(g)) THEN value
    ELSE trino_fail('INVALID_FUNCTION_ARGUMENT: ' || name || ' only applies to ' || array_to_string(kinds, ' or ')
        || '. Input type is: ' || trino_shape(g), value) END;
CREATE MACRO trino_st_point(x, y) AS ST_Point(x::DOUBLE, y::DOUBLE);
CREATE MACRO trino_st_geometryfromtext(t) AS ST_GeomFromText(t::VARCHAR);
CREATE MACRO trino_st_linefromtext(t) AS CASE WHEN upper(t) LIKE 'LINESTRING%' THEN ST_GeomFromText(t::VARCHAR)
    WHEN t IS NOT NULL THEN CAST('trino:NOT_SUPPORTED: this text is not read by st_linefromtext offline' AS INTEGER)::VARCHAR::GEOMETRY END;
CREATE MACRO trino_st_polygon(t) AS CASE WHEN upper(t) LIKE 'POLYGON%' THEN ST_GeomFromText(t::VARCHAR)
    WHEN t IS NOT NULL THEN CAST('trino:NOT_SUPPORTED: this text is not read by st_polygon offline' AS INTEGER)::VARCHAR::GEOMETRY END;
CREATE MACRO trino_st_geomfrombinary(b) AS ST_GeomFromWKB(b);
CREATE MACRO trino_wkb(g) AS ST_AsWKB(g)::BLOB;
CREATE MACRO trino_st_astext(g) AS shape_text(trino_wkb(g));
CREATE MACRO trino_st_asbinary(g) AS trino_wkb(g);
-- Of a geometry that was computed, whose points may be in another order in Trino.
CREATE MACRO shape_st_astext(g) AS shape_computed_text(trino_wkb(g));
CREATE MACRO shape_st_asbinary(g) AS CASE WHEN g IS NULL THEN NULL WHEN trino_shape(g) IN ('POINT')
    THEN trino_wkb(g) ELSE trino_fail('NOT_SUPPORTED: the bytes of a computed geometry are not implemented offline', ''::BLOB) END;
CREATE MACRO trino_st_geometrytype(g) AS 'ST_' || CASE trino_shape(g)
    WHEN 'POINT' THEN 'Point' WHEN 'LINESTRING' THEN 'LineString' WHEN 'POLYGON' THEN 'Polygon'
    WHEN 'MULTIPOINT' THEN 'MultiPoint' WHEN 'MULTILINESTRING' THEN 'MultiLineString'
    WHEN 'MULTIPOLYGON' THEN 'MultiPolygon' ELSE 'GeomCollection' END;
CREATE MACRO trino_st_x(g) AS trino_only(g, ['POINT'], 'ST_X', CASE WHEN NOT ST_IsEmpty(g) THEN ST_X(g) END);
CREATE MACRO trino_st_y(g) AS trino_only(g, ['POINT'], 'ST_Y', CASE WHEN NOT ST_IsEmpty(g) THEN ST_Y(g) END);
CREATE MACRO trino_st_xmin(g) AS CASE WHEN NOT ST_IsEmpty(g) THEN ST_XMin(g) END;
CREATE MACRO trino_st_xmax(g) AS CASE WHEN NOT ST_IsEmpty(g) THEN ST_XMax(g) END;
CREATE MACRO trino_st_ymin(g) AS CASE WHEN NOT ST_IsEmpty(g) THEN ST_YMin(g) END;
CREATE MACRO trino_st_ymax(g) AS CASE WHEN NOT ST_IsEmpty(g) THEN ST_YMax(g) END;
CREATE MACRO trino_st_isempty(g) AS ST_IsEmpty(g);
CREATE MACRO trino_st_isvalid(g) AS ST_IsValid(g);
CREATE MACRO trino_st_issimple(g) AS ST_IsSimple(g);
CREATE MACRO trino_st_isring(g) AS trino_only(g, ['LINESTRING'], 'ST_IsRing', ST_IsRing(g));
CREATE MACRO trino_st_isclosed(g) AS trino_only(g, ['LINESTRING', 'MULTILINESTRING'], 'ST_IsClosed', ST_IsClosed(g));
CREATE MACRO trino_st_dimension(g) AS ST_Dimension(g)::TINYINT;
CREATE MACRO trino_st_area(g) AS ST_Area(g);
CREATE MACRO trino_st_length(g) AS trino_only(g, ['LINESTRING', 'MULTILINESTRING'], 'ST_Length', ST_Length(g));
CREATE MACRO trino_st_distance(g, h) AS CASE WHEN NOT ST_IsEmpty(g) AND NOT ST_IsEmpty(h) THEN ST_Distance(g, h) END;
CREATE MACRO trino_st_numpoints(g) AS shape_num_points(trino_wkb(g));
CREATE MACRO trino_st_numinteriorring(g) AS trino_only(g, ['POLYGON'], 'ST_NumInteriorRing', ST_NumInteriorRings(g)::BIGINT);
CREATE MACRO trino_st_startpoint(g) AS trino_only(g, ['LINESTRING'], 'ST_StartPoint', ST_StartPoint(g));
CREATE MACRO trino_st_endpoint(g) AS trino_only(g, ['LINESTRING'], 'ST_EndPoint', ST_EndPoint(g));
CREATE MACRO trino_st_contains(g, h) AS ST_Contains(g, h);
CREATE MACRO trino_st_crosses(g, h) AS ST_Crosses(g, h);
CREATE MACRO trino_st_disjoint(g, h) AS ST_Disjoint(g, h);
CREATE MACRO trino_st_equals(g, h) AS ST_Equals(g, h);
CREATE MACRO trino_st_intersects(g, h) AS ST_Intersects(g, h);
CREATE MACRO trino_st_overlaps(g, h) AS ST_Overlaps(g, h);
CREATE MACRO trino_st_touches(g, h) AS ST_Touches(g, h);
CREATE MACRO trino_st_within(g, h) AS ST_Within(g, h);
CREATE MACRO trino_st_centroid(g) AS ST_Centroid(g);
-- 24 corners per quarter, as in Trino; around anything but a point they lie elsewhere.
CREATE MACRO trino_st_buffer(g, d) AS CASE WHEN g IS NULL OR trino_shape(g) = 'POINT' THEN ST_Buffer(g, d::DOUBLE, 24)
    ELSE CAST('trino:NOT_SUPPORTED: st_buffer of anything but a point is not implemented offline' AS INTEGER)::VARCHAR::GEOMETRY END;
CREATE MACRO trino_st_intersection(g, h) AS ST_Intersection(g, h);
CREATE MACRO trino_st_difference(g, h) AS ST_Difference(g, h);
CREATE MACRO trino_st_symdifference(g, h) AS ST_SymDifference(g, h);
CREATE MACRO trino_st_union(g, h) AS ST_Union(g, h);
CREATE MACRO trino_st_convexhull(g) AS ST_ConvexHull(g);
CREATE MACRO trino_geometry_union_agg(g) AS ST_Union_Agg(g);
CREATE MACRO trino_geometry_union(gs) AS list_aggregate(gs, 'st_union_agg');
CREATE MACRO trino_convex_hull_agg(g) AS ST_ConvexHull(ST_Collect(list(g)));
CREATE MACRO trino_simplify_geometry(g, d) AS ST_SimplifyPreserveTopology(g, d::DOUBLE);
CREATE MACRO trino_st_coorddim(g) AS CASE WHEN g IS NOT NULL THEN 2::TINYINT END;

-- parts --------------------------------------------------------------------------------------------------------------
CREATE MACRO trino_geometry(wkb) AS ST_GeomFromWKB(wkb);
CREATE MACRO trino_geometries(wkbs) AS list_transform(wkbs, lambda b: ST_GeomFromWKB(b));
CREATE MACRO trino_wkbs(gs) AS list_transform(gs, lambda g: trino_wkb(g));
CREATE MACRO trino_st_linestring(gs) AS trino_geometry(shape_line(trino_wkbs(gs)));
CREATE MACRO trino_st_multipoint(gs) AS trino_geometry(shape_multi_point(trino_wkbs(gs)));
CREATE MACRO trino_st_geometries(g) AS trino_geometries(shape_geometries(trino_wkb(g)));
CREATE MACRO trino_st_geometryn(g, n) AS trino_geometry(shape_geometry_n(trino_wkb(g), n));
CREATE MACRO trino_st_numgeometries(g) AS shape_num_geometries(trino_wkb(g));
CREATE MACRO trino_st_pointn(g, n) AS trino_geometry(shape_point_n(trino_wkb(g), n));
CREATE MACRO trino_st_points(g) AS trino_geometries(shape_points(trino_wkb(g)));
CREATE MACRO trino_st_exteriorring(g) AS trino_geometry(shape_exterior(trino_wkb(g)));
CREATE MACRO trino_st_interiorrings(g) AS trino_geometries(shape_interiors(trino_wkb(g)));
CREATE MACRO trino_st_interiorringn(g, n) AS trino_geometry(shape_interior_n(trino_wkb(g), n));
CREATE MACRO trino_st_envelope(g) AS trino_geometry(shape_envelope(trino_wkb(g)));
CREATE MACRO trino_st_envelopeaspts(g) AS trino_geometries(shape_envelope_points(trino_wkb(g)));
CREATE MACRO trino_st_boundary(g) AS trino_geometry(shape_boundary(trino_wkb(g)));

-- lines --------------------------------------------------------------------------------------------------------------
CREATE MACRO trino_fraction(f) AS CASE WHEN f < 0 OR f > 1
    THEN trino_fail('INVALID_FUNCTION_ARGUMENT: fraction must be between 0 and 1', f::DOUBLE) ELSE f::DOUBLE END;
CREATE MACRO trino_line_locate_point(g, p) AS CASE
    WHEN trino_shape(g) NOT IN ('LINESTRING', 'MULTILINESTRING') THEN trino_fail(
        'INVALID_FUNCTION_ARGUMENT: First argument to line_locate_point must be a LineString or a MultiLineString. Got: '
        || trino_shape(g), 0::DOUBLE)
    WHEN trino_shape(p) <> 'POINT' THEN trino_fail(
        'INVALID_FUNCTION_ARGUMENT: Second argument to line_locate_point must be a Point. Got: ' || trino_shape(p), 0::DOUBLE)
    WHEN NOT ST_IsEmpty(g) AND NOT ST_IsEmpty(p) THEN ST_LineLocatePoint(g, p) END;
CREATE MACRO trino_line_interpolate_point(g, f) AS ST_LineInterpolatePoint(g, trino_fraction(f));
CREATE MACRO trino_line_interpolate_points(g, f) AS
    trino_geometries(shape_geometries(trino_wkb(ST_LineInterpolatePoints(g, trino_fraction(f), true))));

-- texts --------------------------------------------------------------------------------------------------------------
CREATE MACRO trino_to_encoded_polyline(g) AS shape_polyline(trino_wkb(g));
CREATE MACRO trino_from_encoded_polyline(t) AS trino_geometry(shape_from_polyline(t));

-- spheres: a spherical geography is a BLOB, so that no function of a plane takes it ----------------------------------
CREATE MACRO trino_to_spherical_geography(g) AS shape_on_sphere(trino_wkb(g));
CREATE MACRO trino_to_geometry(b) AS trino_geometry(b);
CREATE MACRO trino_from_geojson_geometry(t) AS shape_on_sphere(shape_from_geojson(t));
CREATE MACRO trino_to_geojson_geometry(b) AS shape_geojson(b);

-- Bing tiles, each as its quadkey ------------------------------------------------------------------------------------
CREATE MACRO trino_bing_tile(q) AS tile_named(q), (x, y, zoom) AS tile(x, y, zoom);
CREATE MACRO trino_bing_tile_at(latitude, longitude, zoom) AS tile_at(latitude, longitude, zoom);
CREATE MACRO trino_bing_tiles_around(latitude, longitude, zoom) AS tiles_around(latitude, longitude, zoom);
CREATE MACRO trino_geometry_to_bing_tiles(g, zoom) AS tiles_of(trino_wkb(g), zoom);
CREATE MACRO trino_bing_tile_quadkey(t) AS t;
CREATE MACRO trino_bing_tile_zoom_level(t) AS length(t)::TINYINT;
CREATE MACRO trino_bing_tile_coordinates(t) AS CASE WHEN t IS NOT NULL THEN {'x': tile_column(t), 'y': tile_row(t)} END;
CREATE MACRO trino_bing_tile_polygon(t) AS trino_geometry(tile_polygon(t));
