"""The edge: CloudFront in front of the HTTP API. Compressed bodies arrive whole, and the client's address is known.

ADR 24 says why, and how to replace its secret. A domain, WAF and access logs come with a later change.
"""

from __future__ import annotations

from typing import Final

import aws_cdk as cdk
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from constructs import Construct

from kit.constructs.acknowledge import acknowledge
from stacks.base import LakeStack
from stacks.code import ROOT
from stacks.config import Config
from stacks.ingest import IngestStack
from thermocline.ingest.settings import EDGE_SECRET_HEADER

VIEWER_REQUEST: Final = ROOT / "edge" / "viewer_request.js"

# Longer than the 30 s of the HTTP API, so that a client gets the API's answer and not CloudFront's.
_ORIGIN_SECONDS: Final = 60

_ERRORS: Final = (400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504)

_LATER: Final = "it comes with the domain, WAF and access logs of the edge in a later change (ADR 24)"
_ACKNOWLEDGED: Final = {
    "AwsSolutions-CFR1": "events come from everywhere",
    "AwsSolutions-CFR2": f"WAF's managed rules would block honest events; {_LATER}",
    "AwsSolutions-CFR3": f"the HTTP API logs requests, without addresses; {_LATER}",
    "AwsSolutions-CFR4": f"CloudFront's own certificate allows no other policy; {_LATER}",
    "CKV_AWS_68": f"WAF's managed rules would block honest events; {_LATER}",
    "CKV_AWS_86": f"the HTTP API logs requests, without addresses; {_LATER}",
    "CKV_AWS_174": f"CloudFront's own certificate allows no other policy; {_LATER}",
}


class EdgeStack(LakeStack):
    """The address that clients use; it caches nothing and changes only the lake's own headers."""

    def __init__(self, scope: Construct, *, config: Config, ingest: IngestStack) -> None:
        super().__init__(scope, "edge", config=config, description="Thermocline: CloudFront in front of the HTTP API")
        self.add_stack_dependency(ingest)
        distribution = self._distribution(self._origin(ingest), self._viewer_request())
        acknowledge(distribution, _ACKNOWLEDGED)
        self.output("IngestUrl", f"https://{distribution.distribution_domain_name}")

    def _viewer_request(self) -> cloudfront.Function:
        return cloudfront.Function(
            self,
            "ViewerRequest",
            function_name=self.name("viewer-request"),
            comment="Moves the type of compressed bodies aside, and tells the client's address",
            runtime=cloudfront.FunctionRuntime.JS_2_0,
            code=cloudfront.FunctionCode.from_file(file_path=str(VIEWER_REQUEST)),
        )

    def _origin(self, ingest: IngestStack) -> cloudfront.IOrigin:
        # A reference that CloudFormation resolves, so that no template holds the value.
        secret = cdk.SecretValue.secrets_manager(ingest.edge_secret_name).unsafe_unwrap()
        return origins.HttpOrigin(
            f"{ingest.api_id}.execute-api.{self.region}.{self.url_suffix}",
            protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
            origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
            read_timeout=cdk.Duration.seconds(_ORIGIN_SECONDS),
            custom_headers={EDGE_SECRET_HEADER: secret},
        )

    def _distribution(self, origin: cloudfront.IOrigin, function: cloudfront.Function) -> cloudfront.Distribution:
        return cloudfront.Distribution(
            self,
            "Distribution",
            # CloudFormation resolves the secret again only when the template has changed.
            comment=f"{self.name_prefix}: the way in (secret {self.config.edge.secret_version})",
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            # By default CloudFront caches an error for ten seconds, and answers with it whatever the write key.
            error_responses=[
                cloudfront.ErrorResponse(http_status=status, ttl=cdk.Duration.seconds(0)) for status in _ERRORS
            ],
            default_behavior=cloudfront.BehaviorOptions(
                origin=origin,
                viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
                allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
                cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
                origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
                compress=False,
                function_associations=[
                    cloudfront.FunctionAssociation(
                        function=function, event_type=cloudfront.FunctionEventType.VIEWER_REQUEST
                    )
                ],
            ),
        )
