/** Reports how large a picture stands on the screen, for as long as it does. */
import { useCallback } from 'react';
import type { Sights } from '../stage/sights.js';

/** To be put on the picture's frame. @param trackId null where nothing is received for it. */
export function useSight(sights: Sights, trackId: string | null): (frame: HTMLElement | null) => (() => void) | undefined {
  return useCallback(
    (frame) => {
      if (trackId === null || !frame) return undefined;
      const place = sights.open(trackId);
      let isInView = false;
      const report = () => {
        const { clientWidth, clientHeight, ownerDocument } = frame;
        const ratio = ownerDocument.defaultView?.devicePixelRatio ?? 1;
        place.report(isInView && clientHeight > 0 ? { width: clientWidth * ratio, height: clientHeight * ratio } : null);
      };
      const resizing = new ResizeObserver(report);
      const entering = new IntersectionObserver((entries) => {
        isInView = entries.at(-1)?.isIntersecting ?? false;
        report();
      });
      resizing.observe(frame);
      entering.observe(frame);
      return () => {
        resizing.disconnect();
        entering.disconnect();
        place.close();
      };
    },
    [sights, trackId],
  );
}
