import { Button } from 'antd-mobile';
import { useEffect, useRef, useState } from 'react';
import { useShared } from '../../shared/words.ts';
import { useWords } from '../words.ts';
import { codeReader } from './read-codes.ts';
import { useEscape } from './use-wedge.ts';

/** Between two looks at the picture, so that the page stays quick. */
const LOOK_MS = 120;

type Trouble = 'refused' | 'none';

/** The camera's picture, until a code is in it. */
export function Camera({ found, close }: { readonly found: (code: string) => void; readonly close: () => void }) {
  const words = useWords();
  const shared = useShared();
  const video = useRef<HTMLVideoElement>(null);
  const [trouble, setTrouble] = useState<Trouble>();
  const heard = useRef(found);
  heard.current = found;
  useEscape(close);

  useEffect(() => {
    const ending = new AbortController();
    watch(video.current!, ending.signal, (code) => heard.current(code)).catch((error: unknown) => {
      if (!ending.signal.aborted) setTrouble((error as DOMException).name === 'NotAllowedError' ? 'refused' : 'none');
    });
    return () => ending.abort();
  }, []);

  return (
    <section className="camera" aria-label={words.camera}>
      {trouble === undefined ? (
        <>
          <video ref={video} muted playsInline aria-label={words.cameraPicture} />
          <p role="status">{words.cameraHint}</p>
        </>
      ) : (
        <p role="alert" className="camera-trouble">
          {trouble === 'refused' ? words.cameraRefused : words.cameraNone}
        </p>
      )}
      <Button block size="large" onClick={close}>
        {shared.close}
      </Button>
    </section>
  );
}

async function watch(video: HTMLVideoElement, signal: AbortSignal, found: (code: string) => void): Promise<void> {
  if (!navigator.mediaDevices) throw new DOMException('no camera', 'NotFoundError');
  const [read, stream] = await Promise.all([
    codeReader(),
    navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1_280 } } }),
  ]);
  const stop = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  if (signal.aborted) return stop();
  signal.addEventListener('abort', stop);
  video.srcObject = stream;
  await video.play();
  while (!signal.aborted) {
    const code = video.videoWidth > 0 ? await read(video) : undefined;
    if (code !== undefined && !signal.aborted) return found(code);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
