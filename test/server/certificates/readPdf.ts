/** A PDF read back with Mozilla's reader, which knows nothing of how it was written. */
import { resolvePDFJS } from 'pdfjs-serverless';

export interface ReadPdf {
  pages: number;
  text: string;
  /** Its information dictionary. */
  info: Record<string, unknown>;
  /** Where its links lead. */
  links: string[];
}

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const { getDocument } = await resolvePDFJS();
  const pdf = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: true, verbosity: 0 }).promise;
  const page = await pdf.getPage(1);
  const [content, annotations, { info }] = await Promise.all([page.getTextContent(), page.getAnnotations(), pdf.getMetadata()]);
  return {
    pages: pdf.numPages,
    text: (content.items as { str?: string }[]).map(({ str = '' }) => str).join(''),
    info: info as Record<string, unknown>,
    links: (annotations as { url?: string }[]).flatMap(({ url }) => url ?? []),
  };
}
