/** What processes have used, by the kernel's own account (`proc(5)`), and on which core they may run. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** The kernel counts in hundredths of a second. */
const ticksPerSecond = 100;

/** User and system time of a process and all its threads, in seconds. */
export async function cpuSecondsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name in brackets may hold anything; the fields after it are `state` (3), …, `utime` (14), `stime` (15).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

export async function cpuSecondsOfAll(pids: readonly number[]): Promise<number> {
  return (await Promise.all(pids.map(cpuSecondsOf))).reduce((sum, one) => sum + one, 0);
}

/** How long a process ran on a core, and how long it was ready to and had to wait for one; all its threads together, in seconds. */
export interface Turns {
  ran: number;
  waited: number;
}

/** From the kernel's scheduler statistics (`schedstat`, Documentation/scheduler/sched-stats.rst); threads that ended meanwhile are not in it. */
export async function turnsOf(pids: readonly number[]): Promise<Turns> {
  const turns: Turns = { ran: 0, waited: 0 };
  for (const pid of pids) {
    for (const thread of await readdir(`/proc/${pid}/task`)) {
      const [ran = 0, waited = 0] = (await readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').catch(() => '')).split(' ').map(Number);
      turns.ran += ran / 1e9;
      turns.waited += waited / 1e9;
    }
  }
  return turns;
}

/** Resident memory in MiB. */
export async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 102.4) / 10;
}

/** Keeps a process with all its threads on one core. */
export async function pin(pid: number, core: number): Promise<void> {
  await promisify(execFile)('taskset', ['-acp', String(core), String(pid)]);
}
