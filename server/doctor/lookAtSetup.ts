import type { DoctorView, Finding } from '../../shared/contracts/live/doctor.js';
import { accessDoctor } from '../access/house/accessDoctor.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';

/**
 * What in the set-up of this node stands in the way of live video.
 *
 * @throws role.required
 */
export async function lookAtSetup(deps: Deps, actor: Actor): Promise<DoctorView> {
  accessDoctor(actor, deps.now());
  const { stages, publicUrl, mediaAddress } = deps;
  const hasRelay = stages.iceServers(actor.memberId).servers.length > 0;
  const findings: Finding[] = [];
  if (stages.status().state !== 'ready') findings.push({ kind: 'notReady' });
  if (mediaAddress.isPrivate) findings.push({ kind: 'privateAddress', address: mediaAddress.announced });
  const closed = await stages.trials.findClosedPort();
  if (closed) findings.push({ kind: 'closedPort', ...closed });
  if (!hasRelay) findings.push({ kind: 'noRelay' });
  if (!isTrusted(publicUrl)) findings.push({ kind: 'insecurePage', url: publicUrl });
  return { findings, hasRelay };
}

/** Whether browsers count pages from there as secure contexts. https://www.w3.org/TR/secure-contexts/#is-origin-trustworthy */
function isTrusted(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
