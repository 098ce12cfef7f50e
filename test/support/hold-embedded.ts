// A process of its own that uses the embedded server of a folder until it is told to end or killed: for tests of sharing.
// Prints the port, then waits; ends when its input closes.

import { startEmbedded } from '#adapters/postgres/embedded/start.ts';

const server = await startEmbedded({ dataDir: process.argv[2] ?? '', log: (line) => console.error(line) });
console.log(JSON.stringify({ port: server.port, superuserUrl: server.superuserUrl }));
process.stdin.resume();
process.stdin.on('end', () => {
  void server.stop().then(() => process.exit(0));
});
