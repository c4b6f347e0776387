/** The stage in a small window above all others: all of it where the browser can (Document Picture-in-Picture), else its largest picture. */
import { useEffect, useRef, useState, type RefObject } from 'react';

export interface PictureInPicture {
  isPossible: boolean;
  isOn: boolean;
  /** The body of the small window, where the pictures are to be drawn; null while they stand on the page. */
  body: HTMLElement | null;
  toggle: () => void;
}

const size = { width: 480, height: 270 };

/** @param section the stage; its first video is the largest. */
export function usePictureInPicture(section: RefObject<HTMLElement | null>): PictureInPicture {
  const [body, setBody] = useState<HTMLElement | null>(null);
  const [isVideoOn, setVideoOn] = useState(false);
  const small = useRef<Window | null>(null);
  useEffect(() => () => small.current?.close(), []);
  useEffect(() => {
    const look = () => setVideoOn(document.pictureInPictureElement !== null);
    const events = ['enterpictureinpicture', 'leavepictureinpicture'] as const;
    const stage = section.current;
    for (const event of events) stage?.addEventListener(event, look, true);
    return () => {
      for (const event of events) stage?.removeEventListener(event, look, true);
    };
  }, [section]);

  const openWindow = async (pip: DocumentPictureInPicture) => {
    const opened = await pip.requestWindow(size);
    small.current = opened;
    dressLike(document, opened.document);
    opened.addEventListener('pagehide', () => {
      if (small.current === opened) forget();
    });
    setBody(opened.document.body);
  };
  const forget = () => {
    small.current = null;
    setBody(null);
  };
  const toggle = () => {
    // Refused where the browser sees no gesture of the person, or there is no picture yet; then nothing changes.
    if (small.current) {
      small.current.close();
      // Not left to the window's own word: a window that is closed from here may go without one.
      forget();
    } else if (document.pictureInPictureElement) document.exitPictureInPicture().catch(() => undefined);
    else if (window.documentPictureInPicture) openWindow(window.documentPictureInPicture).catch(() => undefined);
    else section.current?.querySelector('video')?.requestPictureInPicture().catch(() => undefined);
  };
  return { isPossible: window.documentPictureInPicture !== undefined || document.pictureInPictureEnabled, isOn: body !== null || isVideoOn, body, toggle };
}

/** The same styles, theme and language. */
function dressLike(page: Document, small: Document): void {
  for (const { name, value } of page.documentElement.attributes) small.documentElement.setAttribute(name, value);
  for (const sheet of page.querySelectorAll('link[rel="stylesheet"], style')) small.head.append(sheet.cloneNode(true));
  small.body.style.margin = '0';
}
