/** A short sound for yes and another for no. It needs no file, and is silent until the page was touched. */

const OFF = 'counter-silent';
const SECONDS = 0.16;
const VOLUME = 0.2;

const tones = { yes: [880, 1_320], no: [220, 180], unsure: [440] } as const;

let context: AudioContext | undefined;

export function isSilent(): boolean {
  return localStorage.getItem(OFF) === 'yes';
}

export function setSilent(silent: boolean): void {
  localStorage.setItem(OFF, silent ? 'yes' : 'no');
}

export function play(what: keyof typeof tones): void {
  if (isSilent() || !navigator.userActivation?.hasBeenActive) return;
  try {
    context ??= new AudioContext();
    for (const [n, frequency] of tones[what].entries()) tone(context, frequency, context.currentTime + n * SECONDS);
  } catch {
    // Without sound there is still the screen.
  }
}

function tone(audio: AudioContext, frequency: number, at: number): void {
  const oscillator = new OscillatorNode(audio, { frequency });
  const gain = new GainNode(audio, { gain: VOLUME });
  gain.gain.setTargetAtTime(0, at + SECONDS * 0.6, 0.02);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + SECONDS);
}
