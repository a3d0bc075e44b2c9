// Jupyter's wire protocol 5.3: messages as signed frames, to and from a kernel.
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

const DELIMITER = '<IDS|MSG>';

/** A message from a kernel, as far as a client needs it. */
export interface KernelMessage {
  type: string;
  /** The request that caused it. */
  parentId: string | undefined;
  content: Record<string, unknown>;
}

const sign = (key: string, parts: readonly (string | Uint8Array)[]): string => {
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest('hex');
};

/**
 * Makes the frames of a request.
 *
 * @param key - the connection's HMAC key
 * @param session - the client's session id
 * @returns the frames, and the id that replies and outputs will name as their parent
 */
export function encodeRequest(
  key: string,
  session: string,
  type: string,
  content: object,
): { frames: string[]; id: string } {
  const id = randomUUID();
  const header = {
    msg_id: id,
    msg_type: type,
    session,
    username: 'sgs-snn',
    date: new Date().toISOString(),
    version: '5.3',
  };
  const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
  return { frames: [DELIMITER, sign(key, parts), ...parts], id };
}

/**
 * Reads the frames of a message; frames before the delimiter (routing) are passed over.
 *
 * @returns undefined when the frames are no message or their signature is wrong
 */
export function decodeMessage(key: string, frames: readonly Uint8Array[]): KernelMessage | undefined {
  const texts = frames.map((frame) => Buffer.from(frame).toString());
  const start = texts.indexOf(DELIMITER);
  if (start < 0 || frames.length < start + 6) return undefined;
  const [given, expected] = [texts[start + 1], sign(key, frames.slice(start + 2))].map((hex) =>
    Buffer.from(hex),
  );
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const [header, parent, , content] = texts.slice(start + 2).map((part) => JSON.parse(part) as never);
  return {
    type: (header as { msg_type: string }).msg_type,
    parentId: (parent as { msg_id?: string }).msg_id,
    content: content as Record<string, unknown>,
  };
}
