/// <reference types="vite/client" />

/** https://wicg.github.io/document-picture-in-picture/: not yet in TypeScript's own types. */
interface DocumentPictureInPicture {
  requestWindow(options?: { width?: number; height?: number }): Promise<Window>;
}

interface Window {
  readonly documentPictureInPicture?: DocumentPictureInPicture;
}
