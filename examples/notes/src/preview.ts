// `POST /preview`: how a note will look, in TypeScript.
import { toHtml } from "./html";

interface Request {
  body?: string;
}

interface Answer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

export const main = async (event: Request): Promise<Answer> => {
  try {
    const { text } = JSON.parse(event.body ?? "");
    if (typeof text === "string" && text) return answer(200, "text/html; charset=utf-8", toHtml(text));
  } catch {
    // No JSON is no note, either.
  }
  return answer(400, "application/json", JSON.stringify({ message: 'a note is {"text": "…"}' }));
};

const answer = (statusCode: number, type: string, body: string): Answer => ({
  statusCode,
  headers: { "content-type": type },
  body,
});
