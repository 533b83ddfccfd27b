/** Why a worker was lost, in words for the status line. */
export class WorkerLost extends Error {
  override readonly name = 'WorkerLost';
}

/** Milliseconds that the frame's script may take to answer once its document has loaded. */
const patience = 5_000;

/** Milliseconds after a worker was taken in which nobody should start another: it would take the processor from the run. */
const rest = 500;

/** A worker of the frame, and the port to what it serves. */
export interface Seat {
  readonly port: MessagePort;
  /** Rejects with a readable message when the worker dies; never resolves. */
  readonly died: Promise<never>;
  /** Address of the script it was given; null while it waits for one. */
  readonly script: string | null;
  /** Give it the script it is to run, by its address; only the first one counts. */
  give(address: string): void;
  /** End the worker, whatever it is doing. */
  end(): void;
}

/**
 * The sandbox frame of a page. Without `allow-same-origin` its origin is opaque: no cookies, no storage, no parent. The
 * script in it keeps workers and hands each a line to the page; it never reads what they say. Methods here never wait:
 * what is asked of the frame before it has loaded is done then.
 */
export class Frame {
  private readonly element = document.createElement('iframe');
  private readonly port: MessagePort;
  private readonly textAt: (address: string) => Promise<string>;
  private readonly losses = new Map<number, (error: Error) => void>();
  private nextId = 0;
  private restsUntil = 0;
  private waiting: Seat | null = null;
  private failure: WorkerLost | null = null;

  /** `address`: where the frame's document is; `textAt` fetches the scripts that its workers are given. */
  constructor(address: string, textAt: (address: string) => Promise<string>) {
    this.textAt = textAt;
    const { element } = this;
    element.setAttribute('sandbox', 'allow-scripts');
    element.hidden = true;
    element.title = 'Sandbox of the simulated machine';
    element.src = address;
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    element.onload = () => {
      element.onload = null;
      const silence = setTimeout(() => this.close('its sandbox could not be loaded'), patience);
      port1.onmessage = ({ data: { id, message } }) => {
        clearTimeout(silence);
        this.losses.get(id)?.(new WorkerLost(message));
      };
      element.contentWindow?.postMessage(null, '*', [port2]);
    };
    document.body.append(element);
  }

  /** False once it was closed, as when its document could not be loaded: a later frame may have more luck. */
  get isUsable(): boolean {
    return this.failure === null;
  }

  /** True while a run has just begun: a spare worker can wait until it is over. */
  get isResting(): boolean {
    return performance.now() < this.restsUntil;
  }

  /** The worker that the next `take` will get. It starts now, and runs nothing before it is given a script. */
  get spare(): Seat {
    this.waiting ??= this.spawn();
    return this.waiting;
  }

  /** A worker that nobody else has. */
  take(): Seat {
    const seat = this.spare;
    this.waiting = null;
    this.restsUntil = performance.now() + rest;
    return seat;
  }

  /** End all its workers. Whoever has one is told why. */
  close(why: string): void {
    this.element.remove();
    this.failure = new WorkerLost(why);
    for (const lose of this.losses.values()) lose(this.failure);
  }

  private spawn(): Seat {
    const id = this.nextId++;
    const [line, service] = [new MessageChannel(), new MessageChannel()];
    let lose: (error: Error) => void = () => {};
    const died = new Promise<never>((_, reject) => {
      lose = reject;
    });
    const seat = {
      port: service.port1,
      died,
      script: null as string | null,
      give: (address: string) => {
        if (seat.script !== null) return;
        seat.script = address;
        this.textAt(address).then((text) => line.port1.postMessage(text, [service.port2]), lose);
      },
      end: () => {
        this.losses.delete(id);
        this.restsUntil = 0;
        this.port.postMessage({ id, end: true });
        line.port1.close();
        service.port1.close();
      },
    };
    died.catch(() => {
      if (this.waiting === seat) this.waiting = null;
    });
    this.losses.set(id, lose);
    if (this.failure) lose(this.failure);
    this.port.postMessage({ id }, [line.port2]);
    return seat;
  }
}
