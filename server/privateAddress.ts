/** Which addresses only the machine or its own network can reach. */
import { BlockList, isIP } from 'node:net';

/** Loopback, private, link-local and carrier-grade networks: RFC 1122, 1918, 3927, 6598, 4193, 4291. */
const privateNetworks = new BlockList();
for (const [network, prefix] of [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.168.0.0', 16]] as const) {
  privateNetworks.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [['::', 127], ['fc00::', 7], ['fe80::', 10]] as const) privateNetworks.addSubnet(network, prefix, 'ipv6');

/** Of a host name, only what it says by itself is known: `localhost` and the names of local networks. */
export function isPrivateAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 0) return /(^|\.)(localhost|local|internal|lan)\.?$/i.test(address);
  return privateNetworks.check(address, version === 6 ? 'ipv6' : 'ipv4');
}
