/** The built house as a newcomer has it: a process of its own, the demo community, a store in a folder of its own, and a browser on it. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openBrowser, type Crowd } from './browser.js';
import { freePort, startServer } from './processes.js';

export interface DemoHouse {
  url: string;
  crowd: Crowd;
  /** Everybody's in the demo, as it was printed. */
  password: string;
  /** Stops the house and starts it again on what it kept. Answers the code it ended with. */
  restart(): Promise<number | null>;
  close(): Promise<void>;
}

/** Half as many pictures a second as Chromium's own camera makes show as much, and leave a core for those who look. */
const calmCamera = '--use-fake-device-for-media-stream=device-count=3,fps=10';

/** Opens a demo house; whoever opens it closes it. Media stays on this machine. `changes` go over its environment. */
export async function openDemoHouse(changes: Record<string, string> = {}): Promise<DemoHouse> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'guildhall-demo-'));
  const port = changes['PORT'] ?? String(await freePort());
  // By its number: on `localhost` socket.io's client holds on to a connection though the browser has no network.
  const url = changes['PUBLIC_URL'] ?? `http://127.0.0.1:${port}`;
  const environment = { PORT: port, PUBLIC_URL: url, DATA_DIR: folder, MEDIA_LISTEN_IP: '127.0.0.1', MEDIA_ANNOUNCED_ADDRESS: '127.0.0.1', LOG_LEVEL: 'warn', ...changes };
  let server = await startServer(environment);
  const crowd = await openBrowser(url, { more: [calmCamera] });
  return {
    url,
    crowd,
    password: demoPassword(server.output()),
    async restart() {
      const code = await server.stop();
      server = await startServer(environment);
      return code;
    },
    async close() {
      await crowd.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The demo's password, as the program printed it. */
export function demoPassword(output: string): string {
  const password = output.match(/organizer@rivet\.example\s+(\S+)/)?.[1];
  if (!password) throw new Error(`no demo sign-in was printed:\n${output}`);
  return password;
}
