const circle = {};
circle.self = circle;

const kinds = {
  bare: () => ({ a: 1 }),
  undefined: () => undefined,
  date: () => ({ at: new Date(0) }),
  bigint: () => ({ statusCode: 200, body: "x", n: 1n }),
  circle: () => circle,
  nan: () => ({ n: NaN }),
  error: () => {
    throw new Error("the password is hunter2");
  },
};

export const results = async (event) => kinds[event.pathParameters.kind]();
