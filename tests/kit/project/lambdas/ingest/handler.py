from lambdas.convert.handler import handler as convert


def handler(event: object, context: object) -> str:
    return convert(event, context)
