/** Why a worker was lost, in words for the status line. */
export class WorkerLost extends Error {
  override readonly name = 'WorkerLost';
}

/** A worker of the frame, and the port to it. */
export interface Seat {
  readonly port: MessagePort;
  /** Rejects with a readable message when the worker dies; never resolves. */
  readonly died: Promise<never>;
  /** End the worker, whatever it is doing. */
  end(): void;
}

/**
 * The sandbox frame of a page. Without `allow-same-origin` its origin is opaque: no cookies, no storage, no parent. The
 * script in it keeps workers and hands each a port to the page; it never reads what they say. Methods here never wait: what is asked of it before it has loaded, or before the engine's
 * script is there, is done then.
 */
export class Frame {
  private readonly port: MessagePort;
  private readonly losses = new Map<number, (error: WorkerLost) => void>();
  private nextId = 0;
  private early: Seat | null = null;
  private failure: WorkerLost | null = null;

  /** `address`: where the frame's document is; `engine`: the script that every worker runs. */
  constructor(address: string, engine: Promise<string>) {
    const element = document.createElement('iframe');
    element.setAttribute('sandbox', 'allow-scripts');
    element.hidden = true;
    element.title = 'Sandbox of the simulated machine';
    element.src = address;
    const loaded = new Promise((resolve) => element.addEventListener('load', resolve, { once: true }));
    document.body.append(element);
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    port1.onmessage = ({ data }) => this.losses.get(data.id)?.(new WorkerLost(String(data.message)));
    Promise.all([engine, loaded]).then(
      ([source]) => element.contentWindow?.postMessage(source, '*', [port2]),
      (error: Error) => {
        element.remove();
        this.failure = new WorkerLost(error.message);
        for (const lose of this.losses.values()) lose(this.failure);
      },
    );
  }

  /** False once the engine's script could not be loaded: a later frame may have more luck. */
  get isUsable(): boolean {
    return this.failure === null;
  }

  /** Start a worker that the next `take` will get. */
  warm(): void {
    this.early ??= this.spawn();
  }

  /** A worker that nobody else has. */
  take(): Seat {
    const seat = this.early ?? this.spawn();
    this.early = null;
    return seat;
  }

  private spawn(): Seat {
    const id = this.nextId++;
    const { port1, port2 } = new MessageChannel();
    const died = new Promise<never>((_, reject) => this.losses.set(id, reject));
    died.catch(() => {});
    if (this.failure) this.losses.get(id)?.(this.failure);
    this.port.postMessage({ id }, [port2]);
    const end = () => {
      this.losses.delete(id);
      this.port.postMessage({ id, end: true });
      port1.close();
    };
    return { port: port1, died, end };
  }
}
