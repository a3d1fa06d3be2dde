// One Lambda execution environment for Node.js: imports a handler once, then answers invocations until its socket closes.
// Started by the runner as `node node_worker.mjs FD BUNDLE EXPORT`; frames.py tells the format that is spoken on the socket.
import { Socket } from "node:net";
import { pathToFileURL } from "node:url";

const END_OF_OUTPUT = "\x1e\n";
const [fd, bundle, name] = process.argv.slice(2);
const environment = process.env;
// Since version 24 Lambda has no callbacks, and takes what a handler returns without a promise.
const modern = Number(/nodejs(\d+)/.exec(environment.AWS_EXECUTION_ENV ?? "")?.[1]) >= 24;
// A handler may replace them.
const [output, errors] = [process.stdout, process.stderr].map((stream) => stream.write.bind(stream));

const channel = new Socket({ fd: Number(fd) });
let wake = () => {};
channel.on("readable", () => wake());
for (const over of ["end", "error"]) channel.on(over, () => process.exit(0));

async function read(size) {
  for (;;) {
    const bytes = size ? channel.read(size) : Buffer.alloc(0);
    if (bytes) return bytes;
    await new Promise((resolve) => (wake = resolve));
  }
}

async function readFrame() {
  const lengths = await read(8);
  const header = JSON.parse(await read(lengths.readUInt32BE(0)));
  return [header, await read(lengths.readUInt32BE(4))];
}

async function writeFrame(header, payload = "") {
  const [head, body, lengths] = [Buffer.from(JSON.stringify(header)), Buffer.from(payload), Buffer.alloc(8)];
  lengths.writeUInt32BE(head.length, 0);
  lengths.writeUInt32BE(body.length, 4);
  await new Promise((done) => channel.write(Buffer.concat([lengths, head, body]), done));
}

const named = (name, message) => Object.assign(new Error(message), { name });

async function load() {
  const module = await import(pathToFileURL(bundle));
  const handler = module[name] ?? module.default?.[name];
  if (typeof handler !== "function") {
    throw named("Runtime.HandlerNotFound", `${environment._HANDLER} is no function, but ${typeof handler}`);
  }
  if (modern && handler.length > 2) {
    const message = "has a callback, which Lambda does not call since Node.js 24; write async (event, context) => …";
    throw named("Runtime.CallbackHandlerDeprecated", `${environment._HANDLER} ${message}`);
  }
  return handler;
}

// An error in Lambda's shape; it is printed, too, as Lambda does.
function errorPayload(error) {
  const isError = error instanceof Error || typeof error?.stack === "string";
  const frames = isError ? String(error.stack).split("\n") : [];
  const body = {
    errorType: isError ? error.name : typeof error,
    errorMessage: isError ? withAdvice(error) : String(error),
    trace: frames.filter((line) => !line.includes(import.meta.url) && !line.includes("(node:internal/")),
  };
  errors(`[ERROR] ${body.errorType}: ${body.errorMessage}\n${body.trace.slice(1).join("\n")}\n`);
  return JSON.stringify(body);
}

function withAdvice({ code, message }) {
  const missing = /NOT_FOUND$/.test(code) && /'((?:@[^/']+\/)?[^/']+)[^']*'/.exec(message)?.[1];
  if (!missing) return message;
  const why = /^@(aws-sdk|smithy)\//.test(missing) ? "Lambda has it, this machine has not" : "the bundle leaves it out";
  return `${message.split("\n")[0]} (${why}: \`npm install --save-dev ${missing}\` in the project)`;
}

function contextOf(header) {
  return {
    awsRequestId: header.aws_request_id,
    invokedFunctionArn: header.invoked_function_arn,
    functionName: environment.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: environment.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: environment.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: environment.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(header.deadline * 1000 - Date.now())),
  };
}

function call(handler, event, context) {
  return new Promise((resolve, reject) => {
    const result = handler(event, context, (error, value) => (error == null ? resolve(value) : reject(error)));
    if (modern || typeof result?.then === "function") resolve(result);
    // Before version 24 Lambda ignores it, and answers null unless the callback is called.
    else if (handler.length < 3) resolve(null);
  });
}

// What cannot be JSON, such as a BigInt or a circle, is an error of this very text on Lambda.
function marshalled(result) {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? "";
  } catch {
    throw new Error("Unable to stringify response body");
  }
}

async function invoke(handler, header, event) {
  if (header.trace_id) environment._X_AMZN_TRACE_ID = header.trace_id;
  else delete environment._X_AMZN_TRACE_ID;
  try {
    return [true, marshalled(await call(handler, JSON.parse(event), contextOf(header)))];
  } catch (error) {
    return [false, errorPayload(error)];
  }
}

async function serve(handler) {
  await writeFrame({ ready: true });
  for (;;) {
    const [ok, payload] = await invoke(handler, ...(await readFrame()));
    await new Promise((done) => errors("", done));
    await new Promise((done) => output(END_OF_OUTPUT, done));
    await writeFrame({ ok, max_memory_mb: Math.round(process.resourceUsage().maxRSS / 1024), calls: [] }, payload);
  }
}

await load().then(serve, (error) => writeFrame({ ready: false }, errorPayload(error)));
process.exit(1); // it could not be loaded
