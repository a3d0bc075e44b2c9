// A file server on 127.0.0.1 that misbehaves as told.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExecutionContext } from 'ava';

/** How the server treats requests. */
export interface ServerBehaviour {
  /** Files by path, without the leading slash. */
  files: Record<string, Uint8Array>;
  /** Honours Range requests; default true. */
  ranges?: boolean;
  /** ETag of every file; default none. */
  etag?: string;
  /** Ends the connection after so many bytes of each of the first `cuts` answers (default of all). */
  cutAfter?: number;
  cuts?: number;
  /** Says nothing after so many bytes. */
  stallAfter?: number;
  /** Content-Length that it claims instead of the right one. */
  claims?: number;
  /** Paths that are redirected to others. */
  redirects?: Record<string, string>;
  /** Labels bodies as gzip, as some servers do for every .gz file. */
  encoding?: string;
  /** Answers a range with another one: starts so many bytes too early. */
  rangeShift?: number;
}

/** A running server. */
export interface FileServer {
  /** `http://127.0.0.1:port`. */
  url: string;
  /** `path range` of each request so far. */
  requests: string[];
  behaviour: ServerBehaviour;
}

/** Starts a server that stops with the test. Its behaviour can be changed while it runs. */
export async function fileServer(t: ExecutionContext, behaviour: ServerBehaviour): Promise<FileServer> {
  const requests: string[] = [];
  const running: FileServer = { url: '', requests, behaviour };
  const server = createServer((request, response) => {
    const {
      files,
      ranges = true,
      etag,
      cutAfter,
      stallAfter,
      claims,
      redirects,
      encoding,
    } = running.behaviour;
    const path = (request.url ?? '').slice(1);
    requests.push(`${path} ${request.headers.range ?? 'whole'}`);
    if (redirects?.[path]) return response.writeHead(302, { Location: redirects[path] }).end();
    const whole = files[path];
    if (!whole) return response.writeHead(404).end('no such file');
    const asked = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
    const fresh = request.headers['if-range'] === undefined || request.headers['if-range'] === etag;
    const partial = ranges && asked !== null && fresh;
    const start = partial ? Number(asked[1]) - (running.behaviour.rangeShift ?? 0) : 0;
    if (start >= whole.length) return response.writeHead(416).end();
    const body = whole.subarray(start);
    response.writeHead(partial ? 206 : 200, {
      'Content-Length': claims ?? body.length,
      ...(etag && { ETag: etag }),
      ...(encoding && { 'Content-Encoding': encoding }),
      ...(partial && { 'Content-Range': `bytes ${start}-${whole.length - 1}/${whole.length}` }),
    });
    if (stallAfter !== undefined) return response.write(body.subarray(0, stallAfter));
    if (cutAfter !== undefined && (running.behaviour.cuts ?? Infinity) > 0) {
      running.behaviour.cuts = (running.behaviour.cuts ?? Infinity) - 1;
      return response.write(body.subarray(0, cutAfter), () => request.socket.end()); // what was sent arrives
    }
    return response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  running.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return running;
}

/** An address on this machine where nothing listens. */
export async function nobody(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
