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
CREATE MACRO trino_st_astext(g) AS CASE WHEN g IS NULL THEN NULL
    WHEN trino_shape(g) IN ('POINT', 'LINESTRING') AND NOT contains(lower(ST_AsText(g)::VARCHAR), 'e+')
        AND NOT contains(lower(ST_AsText(g)::VARCHAR), 'e-') THEN ST_AsText(g)::VARCHAR
    ELSE trino_fail('NOT_SUPPORTED: the text of this geometry is not implemented offline', '') END;
CREATE MACRO trino_st_asbinary(g) AS CASE WHEN g IS NULL THEN NULL WHEN trino_shape(g) IN ('POINT', 'LINESTRING')
    THEN ST_AsWKB(g)::BLOB ELSE trino_fail('NOT_SUPPORTED: the bytes of this geometry are not implemented offline', ''::BLOB) END;
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
CREATE MACRO trino_st_numpoints(g) AS trino_only(g, ['POINT', 'LINESTRING'], 'ST_NumPoints offline', ST_NPoints(g)::BIGINT);
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
CREATE MACRO trino_st_buffer(g, d) AS ST_Buffer(g, d::DOUBLE);
CREATE MACRO trino_st_intersection(g, h) AS ST_Intersection(g, h);
CREATE MACRO trino_st_difference(g, h) AS ST_Difference(g, h);
