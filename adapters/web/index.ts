// The HTTP server: is the process alive, is it ready, and a first page for whoever opens the address. One express server
// carries whatever HTTP the product speaks.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { statusPage } from './pages.ts';

/** One thing that must work before the product can serve. `message` is fit for an operator. */
export interface Check {
  name: string;
  ok: boolean;
  message: string;
}

export interface WebOptions {
  host: string;
  /** 0 takes a free port. */
  port: number;
  clientName: string;
  checks: () => Promise<Check[]>;
}

export interface Web {
  /** For example `http://127.0.0.1:3000`. */
  address: string;
  /** Stops accepting, finishes what is under way. */
  stop(): Promise<void>;
}

/** Starts listening. Throws the system's error when the port is taken. */
export async function startWeb(options: WebOptions): Promise<Web> {
  const server = createServer(await makeRoutes(options));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return { address: `http://${host}:${port}`, stop: () => close(server) };
}

/** Express is loaded here, so that commands which serve nothing do not pay for it. */
async function makeRoutes(options: WebOptions): Promise<Express> {
  const [{ default: express }, { default: helmet }] = await Promise.all([import('express'), import('helmet')]);
  const app = express();
  app.disable('x-powered-by');
  app.use(helmet());
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', async (_request, response) => {
    const checks = await options.checks();
    const ready = checks.every((check) => check.ok);
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready', checks });
  });
  app.get('/', async (_request, response) => {
    response.type('html').send(statusPage(options.clientName, await options.checks()));
  });
  app.use((_request, response) => {
    response
      .status(404)
      .type('application/problem+json')
      .json({ title: 'There is nothing at this address', status: 404 });
  });
  return app;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
