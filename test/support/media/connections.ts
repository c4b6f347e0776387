/** WebRTC's own counters, read in a page: what a browser itself says it sends and receives. https://www.w3.org/TR/webrtc-stats/ */
import type { Page } from 'playwright-core';

/** Keeps a page's connections where they can be read. To be called before the page opens anything. */
export async function keepConnections(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const kept: RTCPeerConnection[] = [];
    const Original = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        kept.push(this);
      }
    };
    Object.assign(window, { kept });
  });
}

/** One row of a page's counters, with the codec and the source that it names. */
export interface Flow {
  id: string;
  kind: string;
  rid?: string;
  active?: boolean;
  frameWidth?: number;
  frameHeight?: number;
  framesSent?: number;
  bytesSent?: number;
  bytesReceived?: number;
  framesReceived?: number;
  framesDecoded?: number;
  pliCount?: number;
  firCount?: number;
  scalabilityMode?: string;
  contentType?: string;
  /** The size of what is captured. */
  sourceWidth?: number;
  sourceHeight?: number;
  codec: string;
  fmtp: string;
}

/** What a page sends, or receives, now: one row for each stream and layer. */
export function flowsOf(page: Page, direction: 'outbound-rtp' | 'inbound-rtp'): Promise<Flow[]> {
  return page.evaluate(async (type) => {
    const { kept } = window as unknown as { kept: RTCPeerConnection[] };
    const reports = await Promise.all(kept.filter((one) => one.connectionState !== 'closed').map((one) => one.getStats()));
    return reports.flatMap((report) => {
      const rows = [...report.values()] as Record<string, unknown>[];
      return rows.filter((row) => row['type'] === type).map((row) => {
        const codec = report.get(String(row['codecId'])) as Record<string, unknown> | undefined;
        const source = report.get(String(row['mediaSourceId'])) as Record<string, unknown> | undefined;
        return { ...row, sourceWidth: source?.['width'], sourceHeight: source?.['height'], codec: String(codec?.['mimeType']), fmtp: String(codec?.['sdpFmtpLine'] ?? '') } as unknown as Flow;
      });
    });
  }, direction);
}

/** The names of the codecs that a page offered for each picture it sends, in its own order. RFC 8866, section 6.6. */
export function picturesOffered(page: Page): Promise<string[][]> {
  return page.evaluate(() => {
    const { kept } = window as unknown as { kept: RTCPeerConnection[] };
    const sections = kept.flatMap((one) => (one.localDescription?.type === 'offer' ? one.localDescription.sdp.split(/^(?=m=)/m) : []));
    return sections.filter((section) => section.startsWith('m=video')).map((section) => [...section.matchAll(/^a=rtpmap:\d+ ([^/]+)/gm)].map(([, name = '']) => name));
  });
}
