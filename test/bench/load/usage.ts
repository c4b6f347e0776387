/** What a server process has used, and the bare Socket.IO relay that ours is compared with. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Usage {
  cpuSeconds: number;
  rssBytes: number;
}

/** Reads a running server's own figures from its `/metrics`. */
export async function readUsage(url: string): Promise<Usage> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const figure = (name: string): number => Number(text.match(new RegExp(`^${name} (\\S+)`, 'm'))?.[1] ?? Number.NaN);
  return { cpuSeconds: figure('process_cpu_seconds_total'), rssBytes: figure('process_resident_memory_bytes') };
}

export interface Relay {
  url: string;
  usage(): Promise<Usage>;
  stop(): void;
}

/** Starts the relay in a process of its own. */
export async function startRelay(): Promise<Relay> {
  const child = fork(fileURLToPath(new URL('relay.js', import.meta.url)));
  const [port] = (await once(child, 'message')) as [number];
  return {
    url: `http://127.0.0.1:${port}`,
    async usage() {
      child.send('usage');
      const [usage] = (await once(child, 'message')) as [Usage];
      return usage;
    },
    stop: () => void child.kill('SIGTERM'),
  };
}
