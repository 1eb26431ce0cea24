/** Shows the delivery log in the console: a line whenever a delivery has moved on. */

interface Row {
  readonly id: string;
  readonly webhookId: string;
  readonly listeningPost: string;
  readonly endpointName: string;
  readonly createdAt: string;
  readonly lastActivityAt: string;
  readonly lastResponseCode?: number | null;
  readonly lastResponse: string;
  readonly attempts: number;
  readonly status: string;
}

interface View {
  readonly editorUrl: string;
  readonly print: (line: string) => void;
  /** Called whenever all deliveries since the start have succeeded, with how many they are. */
  readonly onAllSucceeded: (count: number) => void;
}

const POLL_MS = 300;
const ROWS_SHOWN = 200;

const HEADINGS = [
  'Last activity (GMT)',
  'Listening Post',
  'Endpoint',
  'Webhook ID',
  'Code',
  'Attempts',
  'Status',
];
const WIDTHS = [19, 14, 10, 20, 4, 8, 11];

/** Follows the log until told to stop; what had ended before is not shown. */
export function followLog({ editorUrl, print, onAllSucceeded }: View): { stop(): void } {
  const shown = new Map<string, string>();
  const statuses = new Map<string, string>();
  const startedAt = new Date().toISOString();
  let announced = 0;
  let isStopped = false;

  const show = (row: Row): void => {
    const mark = `${row.attempts} ${row.status} ${row.lastActivityAt}`;
    const isOld = row.createdAt < startedAt && row.status !== 'In Progress' && !shown.has(row.id);
    if (isOld || shown.get(row.id) === mark) return;
    if (shown.size === 0) print(`\n${columns(HEADINGS)}  Last response`);
    shown.set(row.id, mark);
    statuses.set(row.id, row.status);
    print(lineOf(row));
  };
  const look = async (): Promise<void> => {
    // The page is newest first, and a person reads from old to new.
    for (const row of (await readLog(editorUrl)).reverse()) show(row);
    const isDone = statuses.size > 0 && [...statuses.values()].every((status) => status === 'Succeeded');
    if (isDone && statuses.size > announced) onAllSucceeded((announced = statuses.size));
  };
  const poll = async (): Promise<void> => {
    while (!isStopped) {
      await look().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  };
  void poll();
  return { stop: () => (isStopped = true) };
}

async function readLog(editorUrl: string): Promise<Row[]> {
  const response = await fetch(`${editorUrl}survey-hooks/deliveries?limit=${ROWS_SHOWN}`);
  return ((await response.json()) as { items: Row[] }).items;
}

function lineOf(row: Row): string {
  const cells = [
    row.lastActivityAt.slice(0, 19).replace('T', ' '),
    row.listeningPost,
    row.endpointName,
    row.webhookId,
    String(row.lastResponseCode ?? ''),
    String(row.attempts),
    row.status,
  ];
  return `${columns(cells)}  ${row.lastResponse.replaceAll(/\s+/g, ' ')}`;
}

const columns = (cells: readonly string[]): string =>
  cells.map((cell, at) => cell.padEnd(WIDTHS[at] ?? 0)).join('  ');
