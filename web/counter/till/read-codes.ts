/** Reads codes from a camera's pictures: by the browser where it can, else by a decoder in script. */
import { codeIn } from '../code.ts';

type Detected = { readonly rawValue: string };
type Detector = { detect(source: HTMLVideoElement): Promise<readonly Detected[]> };
type DetectorClass = { new (options: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> };

const FORMATS = new Set(['qr_code', 'code_128']);

/** The longer side of the picture that is decoded in script: larger ones only take longer. */
const SIDE_MAX = 640;

/** Gives what finds a code in the picture that a video shows now. */
export async function codeReader(): Promise<(video: HTMLVideoElement) => Promise<string | undefined>> {
  const { BarcodeDetector: Native } = globalThis as { BarcodeDetector?: DetectorClass };
  const formats = Native ? (await Native.getSupportedFormats()).filter((format) => FORMATS.has(format)) : [];
  if (Native && formats.includes('qr_code')) {
    const detector = new Native({ formats });
    return async (video) => firstCode((await detector.detect(video)).map(({ rawValue }) => rawValue));
  }
  const { decodeQR } = await import('qr/decode.js');
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  return async (video) => {
    const scale = Math.min(1, SIDE_MAX / Math.max(video.videoWidth, video.videoHeight));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    try {
      return firstCode([decodeQR(context.getImageData(0, 0, canvas.width, canvas.height))]);
    } catch {
      // No QR code is in this picture.
      return undefined;
    }
  };
}

function firstCode(read: readonly string[]): string | undefined {
  return read.map((each) => codeIn(each)).find((code) => code !== undefined);
}
