"""An app of HTTP APIs: two of one name, functions with names of their own, and a WebSocket API beside them."""

from __future__ import annotations

from pathlib import Path

from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_apigatewayv2_integrations as integrations

from kit.constructs import Api, App, Function, Stack


def gateways_app(outdir: str | None = None) -> App:
    app = App(name="doors", root=Path(__file__).parent, outdir=outdir)
    app.set_default_function_props({"src": "src", "timeout": 10})
    open_stack, with_cors = Stack(app, "open"), Stack(app, "withcors")
    echo = Function(open_stack, "Echo", handler="answers.echo", function_name="legacy_Echo")
    results = Function(open_stack, "Results", handler="answers.results", function_name="another-team-results")
    node = Function(open_stack, "Node", handler="node.results", runtime="nodejs24.x")
    routes = {
        "ANY /echo/{id}": echo,
        "POST /bodies": echo,
        "GET /greedy/{rest+}": echo,
        "GET /results/{kind}": results,
        "GET /node/{kind}": node,
    }
    api = Api(open_stack, "Api", cors=False, routes=routes)
    open_stack.output("IngestUrl", api.url)  # the front door's own port
    Api(with_cors, "Api", routes={"GET /who": "answers.who", "PUT /who": "answers.who", "OPTIONS /own": "answers.who"})
    _live(open_stack, echo)
    return app


def _live(stack: Stack, function: Function) -> None:
    api = gateway.WebSocketApi(stack, "Live", api_name="local-doors-Api")
    api.add_route("say", integration=integrations.WebSocketLambdaIntegration("Say", function))
    gateway.WebSocketStage(stack, "LiveStage", web_socket_api=api, stage_name="live", auto_deploy=True)


if __name__ == "__main__":
    gateways_app().synth()
