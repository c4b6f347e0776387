import { useEffect } from 'react';

/**
 * Keeps `--visible-height` at what a phone's on-screen keyboard leaves of the window, so that it never covers what is
 * being written. Browsers that shrink the page itself (`interactive-widget=resizes-content`) give the same number.
 */
export function useVisibleHeight(): void {
  useEffect(() => {
    const viewport = window.visualViewport;
    if (viewport === null) return;
    const measure = (): void => {
      // Zoomed in, the visible part says nothing about the keyboard.
      if (viewport.scale > 1.01) return;
      document.documentElement.style.setProperty('--visible-height', `${viewport.height}px`);
    };
    measure();
    viewport.addEventListener('resize', measure);
    return () => viewport.removeEventListener('resize', measure);
  }, []);
}
