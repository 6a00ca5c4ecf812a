/** A house that answers as a test says, on a free port of this machine. */
import { once } from 'node:events';
import { type IncomingMessage, createServer } from 'node:http';

/** What came in. */
export interface Call {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** What goes out; `never` keeps the caller waiting. */
export type Reply = { status: number; body: string; headers?: Record<string, string> } | 'never';

/** Starts a stub. `reply` may be exchanged at any time. */
export const startStub = async (first: (call: Call) => Reply) => {
  const calls: Call[] = [];
  const stub = { reply: first };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const call = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(parts).toString(),
      };
      calls.push(call);
      const reply = stub.reply(call);
      if (reply === 'never') return;
      response.writeHead(reply.status, { 'Content-Type': 'application/json', ...reply.headers });
      response.end(reply.body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the stub has no port');
  return {
    origin: `http://127.0.0.1:${String(address.port)}`,
    calls,
    /** Answers in another way from now on. */
    answer: (reply: (call: Call) => Reply): void => {
      stub.reply = reply;
    },
    stop: async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

export type Stub = Awaited<ReturnType<typeof startStub>>;
