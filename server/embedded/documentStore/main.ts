import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { openDocumentStore } from './documentStore.js';

/**
 * The store as a program of its own: `--data FOLDER` and `--port N` or `--socket PATH`. It prints its URI when it is ready and one
 * JSON line per event on stderr; SIGTERM and SIGINT close it in order. With `--lifeline` it ends when its standard input does,
 * which happens whatever way its parent dies, and leaves SIGINT to the parent.
 */
async function main(): Promise<void> {
  // What a message makes dies with its answer. A young generation that reaches its full size at once is collected a third as often.
  setFlagsFromString('--semi-space-growth-factor=16');
  const { values } = parseArgs({
    options: { data: { type: 'string' }, port: { type: 'string' }, socket: { type: 'string' }, lifeline: { type: 'boolean', default: false } },
  });
  if (values.data === undefined) throw new Error('which folder? --data FOLDER [--port N | --socket PATH]');
  const port = Number(values.port ?? 27017);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`--port ${values.port} is no port`);
  const store = await openDocumentStore({
    dataDir: values.data,
    place: values.socket === undefined ? { port } : { socket: values.socket },
    log: (line) => process.stderr.write(`${JSON.stringify(line)}\n`),
  });
  const end = (): void => {
    store.close().then(() => process.exit(0), fail);
  };
  process.once('SIGTERM', end);
  process.on('SIGINT', () => {
    if (!values.lifeline) end();
  });
  if (values.lifeline) process.stdin.once('end', end).once('error', end).resume();
  process.stdout.write(`${store.uri}\n`);
}

function fail(error: unknown): void {
  process.stderr.write(`${JSON.stringify({ event: 'failed', error: error instanceof Error ? error.message : String(error) })}\n`);
  process.exit(1);
}

main().catch(fail);
