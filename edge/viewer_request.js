// Runs in CloudFront (JavaScript runtime 2.0, viewer request) before every request reaches the HTTP API.
//
// The HTTP API decides by Content-Type alone whether it passes a body on as text or as base64, so it would destroy
// compressed JSON. This function moves the type of a compressed body to another header; ingest puts it back
// (thermocline/ingest/edge.py). It also gives ingest the client's address: the connection has CloudFront's.

var OURS = 'x-lake-edge-';
var NO_TYPE = 'none';

function handler(event) {
  var request = event.request;
  var headers = request.headers;
  forget(headers);
  headers[OURS + 'viewer'] = { value: event.viewer.ip };
  // CloudFront sends the API's own name as Host; the settings of Segment's SDK need the name that the client asked.
  headers['x-forwarded-host'] = { value: valueOf(headers.host) || '' };
  if (isCompressed(headers['content-encoding'])) {
    headers[OURS + 'content-type'] = { value: valueOf(headers['content-type']) || NO_TYPE };
    headers['content-type'] = { value: 'application/octet-stream' };
  }
  return request;
}

// Removes headers of a client that have our names, because ingest trusts them.
function forget(headers) {
  Object.keys(headers).forEach(function (name) {
    if (name.toLowerCase().indexOf(OURS) === 0) {
      delete headers[name];
    }
  });
}

function isCompressed(header) {
  return valuesOf(header).some(function (value) {
    return value.split(',').some(function (coding) {
      var name = coding.trim().toLowerCase();
      return name !== '' && name !== 'identity';
    });
  });
}

function valueOf(header) {
  return valuesOf(header)[0];
}

function valuesOf(header) {
  if (!header) {
    return [];
  }
  if (!header.multiValue) {
    return [header.value];
  }
  return header.multiValue.map(function (each) {
    return each.value;
  });
}
