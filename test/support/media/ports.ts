/** Which ports a process holds, by the kernel's own account. https://man7.org/linux/man-pages/man5/proc_net.5.html */
import { readdir, readFile, readlink } from 'node:fs/promises';

/** A TCP socket that waits for connections, in the kernel's words; a connection of its own is none. */
const listening = '0A';

/** The UDP ports that a process is bound to and the TCP ports that it listens on, each once for every socket. */
export async function portsOf(pid: number): Promise<Record<'udp' | 'tcp', number[]>> {
  const folder = `/proc/${pid}/fd`;
  // A descriptor that goes while they are read has no target any more.
  const targets = await Promise.all((await readdir(folder)).map((name) => readlink(`${folder}/${name}`).catch(() => '')));
  const inodes = new Set(targets.flatMap((target) => target.match(/^socket:\[(\d+)\]$/)?.[1] ?? []));
  const held = async (table: string, fits: (state: string) => boolean): Promise<number[]> => {
    const [, ...lines] = (await readFile(`/proc/${pid}/net/${table}`, 'utf8')).trim().split('\n');
    const rows = lines.map((line) => line.trim().split(/\s+/));
    return rows.flatMap(([, local = '', , state = '', , , , , , inode = '']) => (inodes.has(inode) && fits(state) ? [Number.parseInt(local.split(':')[1] ?? '', 16)] : []));
  };
  const all = async (protocol: 'udp' | 'tcp', fits: (state: string) => boolean): Promise<number[]> => [...(await held(protocol, fits)), ...(await held(`${protocol}6`, fits))];
  return { udp: await all('udp', () => true), tcp: await all('tcp', (state) => state === listening) };
}
