// Downloads one file: into `<file>.part`, continued after a cut, checked, and renamed only when it is right.
import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import { DataError, SettingsError } from '../../errors.js';
import { checksumOf } from './checksum.js';

/** Known facts of the file, and options of fetching it. */
export interface FetchOptions {
  /** MD5 that the file must have. */
  md5: string;
  /** Length that the file must have, where known. */
  bytes?: number;
  /** Called as bytes come in; `total` where the server or {@link FetchOptions.bytes} says it. */
  onProgress?(received: number, total: number | undefined): void;
  /** Stops the download; what has come stays for the next time. */
  signal?: AbortSignal;
  /** Milliseconds without a byte after which the connection counts as cut; default 60,000. */
  idle?: number;
}

/** The connection was cut, or nothing came for too long: what has come is good and can be continued. */
class Cut extends Error {}

const REDIRECTS = [301, 302, 303, 307, 308];
const MOST_REDIRECTS = 5;
const MOST_TRIES = 20;

/**
 * Downloads a file.
 *
 * A cut connection is taken up again at once, as long as each try gets further than any before; where the server
 * refuses ranges, from the beginning. What has come stays in `<file>.part`, with the server's ETag beside it, and the
 * next call continues it, provided that the server still has the same file (If-Range).
 *
 * Not `fetch`: it unpacks a body that the server labels as gzip, which some servers do for every `.gz` file, and
 * the checksum would then be that of something else.
 *
 * @throws DataError when the host cannot be reached, the server refuses, the length or the MD5 is wrong, the
 *   connection keeps being cut, or the disk cannot be written; SettingsError for an address that is not http(s);
 *   the signal's reason when aborted
 */
export async function fetchFile(url: string, file: string, options: FetchOptions): Promise<void> {
  const part = `${file}.part`;
  let furthest = 0;
  for (let tries = 1; ; tries++) {
    try {
      await fetchRest(url, file, options);
      break;
    } catch (error) {
      if (!(error instanceof Cut)) throw error;
      const received = sizeOf(part);
      if (received <= furthest || tries === MOST_TRIES)
        throw new DataError(
          url,
          `${error.message}, after ${received} bytes${options.bytes ? ` of ${options.bytes}` : ''}`,
          `run the same command again: it continues where it stopped; or ${byHand(file)}`,
        );
      furthest = received;
    }
  }
  const md5 = await checksumOf(part, 'md5');
  if (md5 !== options.md5) {
    await discard(part);
    throw new DataError(
      url,
      `expected MD5 ${options.md5}, found ${md5}`,
      `run the same command again; if it stays so, the file is no longer the published one: ${byHand(file)}`,
    );
  }
  await rename(part, file);
  await discard(part);
}

/** Remedy where a download does not work. */
export const byHand = (file: string): string =>
  `get it elsewhere and put it there as ${file}, or name a mirror with --source`;

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
const tagFile = (part: string): string => `${part}.etag`;

async function discard(part: string): Promise<void> {
  await rm(part, { force: true });
  await rm(tagFile(part), { force: true });
}

/** One connection: asks for what is missing and appends it. Throws Cut when the connection ends early. */
async function fetchRest(url: string, file: string, options: FetchOptions): Promise<void> {
  const part = `${file}.part`;
  const have = sizeOf(part);
  if (have > 0 && have === options.bytes) return; // all there: only the check was missed
  const tag = existsSync(tagFile(part)) ? readFileSync(tagFile(part), 'utf8') : undefined;
  const headers = have > 0 ? { Range: `bytes=${have}-`, ...(tag && { 'If-Range': tag }) } : {};
  const response = await request(url, file, headers, options);
  const status = response.statusCode ?? 0;
  if (status === 416 && have > 0) {
    response.destroy();
    await discard(part); // more than the server has: start over
    return fetchRest(url, file, options);
  }
  const resumed = status === 206 && have > 0;
  if (status !== 200 && !resumed) {
    response.destroy();
    throw new DataError(
      url,
      `the server answered ${status} ${response.statusMessage ?? ''}`.trimEnd(),
      `try again later, or ${byHand(file)}`,
    );
  }
  const total = totalLength(response, resumed, have);
  if (total !== undefined && options.bytes !== undefined && total !== options.bytes) {
    response.destroy();
    throw new DataError(
      url,
      `expected a file of ${options.bytes} bytes, the server announces ${total}`,
      `this is not the published file: ${byHand(file)}`,
    );
  }
  const newTag = response.headers.etag;
  if (newTag && !newTag.startsWith('W/')) writeFileSync(tagFile(part), newTag);
  else rmSync(tagFile(part), { force: true });
  // Nothing is awaited between the head of the answer and its body: what is cut meanwhile would be lost.
  await append(response, part, { resumed, have, total: total ?? options.bytes, url, options });
}

/** The length of the whole file as the server says it; throws when a resumed answer starts at another byte. */
function totalLength(response: IncomingMessage, resumed: boolean, have: number): number | undefined {
  if (!resumed) {
    const length = response.headers['content-length'];
    return length === undefined ? undefined : Number(length);
  }
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers['content-range'] ?? '');
  if (!range || Number(range[1]) !== have) {
    response.destroy();
    throw new Cut(`the server continued at another byte (${response.headers['content-range']}, not ${have})`);
  }
  return range[2] === '*' ? undefined : Number(range[2]);
}

/** What {@link append} needs to know of a transfer. */
interface Transfer {
  resumed: boolean;
  have: number;
  total: number | undefined;
  url: string;
  options: FetchOptions;
}

async function append(response: IncomingMessage, part: string, transfer: Transfer): Promise<void> {
  const { resumed, have, total, options } = transfer;
  const disk = <T>(action: () => T): T => {
    try {
      return action();
    } catch (error) {
      throw new DataError(
        part,
        `cannot be written (${(error as NodeJS.ErrnoException).code})`,
        `free space in or give permission to write to ${dirname(part)}`,
      );
    }
  };
  let file: number;
  try {
    file = disk(() => openSync(part, resumed ? 'a' : 'w'));
  } catch (error) {
    response.destroy();
    throw error;
  }
  let received = resumed ? have : 0;
  try {
    options.onProgress?.(received, total);
    // Written as it arrives: what a stream still holds when its connection is cut would be lost.
    response.on('data', (chunk: Buffer) => {
      try {
        disk(() => appendFileSync(file, chunk));
        received += chunk.length;
        options.onProgress?.(received, total);
      } catch (error) {
        response.destroy(error as Error);
      }
    });
    await finished(response);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof DataError) throw error;
    throw new Cut(`the connection was cut (${(error as Error).message})`);
  } finally {
    closeSync(file);
  }
  if (total !== undefined && received < total) throw new Cut('the server ended the file early');
}

/** Sends a GET request and follows redirects to the answer's head. */
async function request(
  url: string,
  file: string,
  headers: Record<string, string>,
  { signal, idle = 60_000 }: FetchOptions,
): Promise<IncomingMessage> {
  let address = httpAddress(url);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await once(address);
    const location = response.headers.location;
    if (!REDIRECTS.includes(response.statusCode ?? 0) || !location) return response;
    response.destroy();
    address = httpAddress(new URL(location, address).href);
  }
  throw new DataError(url, `more than ${MOST_REDIRECTS} redirects`, byHand(file));

  function once(address: URL): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const { get } = address.protocol === 'https:' ? https : http;
      let answer: IncomingMessage | undefined;
      const sent = get(address, { headers: { 'User-Agent': 'sgs-snn', ...headers }, signal }, (response) => {
        answer = response;
        resolve(response);
      });
      sent.setTimeout(idle, () => (answer ?? sent).destroy(new Error(`nothing came for ${idle / 1000} s`)));
      sent.on('error', (error: NodeJS.ErrnoException) => {
        if (signal?.aborted) return reject(signal.reason);
        const reason = error.code ?? error.message;
        reject(
          new DataError(url, `could not reach ${address.host} (${reason})`, `go online, or ${byHand(file)}`),
        );
      });
    });
  }
}

function httpAddress(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address && ['http:', 'https:'].includes(address.protocol)) return address;
  throw new SettingsError(`not an http or https address: ${url}`);
}
