/** A certificate on paper: A4 on its side, tagged for screen readers, with the signed statement inside. Lengths are in points. */
import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { encode } from 'uqr';
import type { CertificateView } from '../../../shared/contracts/attendance/certificates.js';
import type { Language } from '../../../shared/roles.js';
import { openFonts } from './fonts.js';
import { wordsOf, type CertificateWords } from './words.js';

type Pdf = InstanceType<typeof PDFDocument>;

const colours = { ink: '#23211d', quiet: '#57524a', line: '#d9d4c8', accent: '#3b5bdb' };
const page = { width: 842, height: 595, margin: 64 };
const inner = page.width - 2 * page.margin;
const code = { size: 92, x: page.width - page.margin - 92, y: page.height - page.margin - 92 };

/**
 * Draws the PDF.
 *
 * @param link - where the certificate is checked: printed, and in the QR code (ISO/IEC 18004).
 */
export async function drawCertificate(certificate: CertificateView, link: string, language: Language): Promise<Buffer> {
  const fonts = await openFonts();
  const words = wordsOf(certificate, language);
  const pdf = new PDFDocument({
    size: 'A4', layout: 'landscape', margin: 0, pdfVersion: '1.7', tagged: true, lang: language, displayTitle: true,
    // The statement stands in the open, so that a reader that looks for it finds it in the file as it is.
    info: { Title: `${words.title}: ${certificate.name}`, Author: certificate.community, Subject: certificate.workshop, Keywords: certificate.statement, CreationDate: new Date(certificate.issuedAt) },
  });
  const drawn = buffer(pdf);
  pdf.registerFont('regular', fonts.regular).registerFont('bold', fonts.bold);
  const whole = pdf.struct('Document');
  pdf.addStructure(whole);
  drawFrame(pdf);
  for (const line of linesOf(certificate, words)) {
    whole.add(pdf.struct(line.isTitle ? 'H1' : 'P', {}, () => write(pdf, line)));
  }
  whole.add(pdf.struct('Figure', { alt: `${words.check} ${link}` }, () => drawCode(pdf, link)));
  whole.add(pdf.struct('P', {}, () => writeCheck(pdf, words, link)));
  whole.end();
  pdf.end();
  return drawn;
}

interface Line {
  text: string;
  y: number;
  size: number;
  font: 'regular' | 'bold';
  colour: string;
  /** It may take this many lines; what is longer is set smaller. */
  lines: number;
  isTitle?: boolean;
}

function linesOf({ community, name, workshop }: CertificateView, words: CertificateWords): Line[] {
  const { ink, quiet, accent } = colours;
  return [
    { text: community, y: 66, size: 14, font: 'bold', colour: accent, lines: 1 },
    { text: words.title, y: 104, size: 34, font: 'bold', colour: ink, lines: 1, isTitle: true },
    { text: words.lead, y: 176, size: 13, font: 'regular', colour: quiet, lines: 1 },
    { text: name, y: 200, size: 30, font: 'bold', colour: ink, lines: 1 },
    { text: words.attended, y: 256, size: 13, font: 'regular', colour: quiet, lines: 1 },
    { text: workshop, y: 280, size: 22, font: 'bold', colour: ink, lines: 2 },
    { text: words.when, y: 356, size: 13, font: 'regular', colour: ink, lines: 1 },
    { text: words.presence, y: 380, size: 13, font: 'regular', colour: ink, lines: 1 },
  ];
}

function write(pdf: Pdf, { text, y, size, font, colour, lines }: Line): void {
  pdf.font(font).fillColor(colour);
  const fits = (points: number): boolean => pdf.fontSize(points).heightOfString(text, { width: inner }) <= lines * pdf.currentLineHeight(true) + 1;
  let points = size;
  while (points > 9 && !fits(points)) points -= 1;
  pdf.fontSize(points).text(text, page.margin, y, { width: inner });
}

function drawFrame(pdf: Pdf): void {
  pdf.markContent('Artifact', { type: 'Layout' });
  pdf.rect(0, 0, page.width, 8).fill(colours.accent);
  pdf.lineWidth(1).strokeColor(colours.line).roundedRect(28, 36, page.width - 56, page.height - 64, 8).stroke();
  pdf.endMarkedContent();
}

function drawCode(pdf: Pdf, link: string): void {
  const { data, size } = encode(link, { ecc: 'M', border: 0 });
  const dot = code.size / size;
  data.forEach((row, y) => row.forEach((isDark, x) => void (isDark && pdf.rect(code.x + x * dot, code.y + y * dot, dot, dot))));
  pdf.fill(colours.ink);
}

function writeCheck(pdf: Pdf, words: CertificateWords, link: string): void {
  const width = inner - code.size - 24;
  pdf.font('regular').fontSize(11).fillColor(colours.quiet).text(words.issued, page.margin, code.y + 30, { width });
  pdf.text(words.check, page.margin, code.y + 56, { width });
  pdf.fillColor(colours.accent).text(link, page.margin, code.y + 72, { width, link });
}
