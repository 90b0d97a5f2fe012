// The example servers of the orbit protocol, each in a process of its own.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { TestContext } from "node:test";

/** The servers' command lines by their names, as the repository's task for these tests gives them. */
export const SERVERS: readonly [name: string, command: readonly string[]][] = Object.entries(
  JSON.parse(required("ORBIT_SERVERS")) as { [name: string]: string[] },
);

export const TOKEN = "a.token_of~the-tests+/?>=";

export interface OrbitServer {
  readonly url: string;
  /** Starts a task; gives its id. */
  start(type: string): Promise<string>;
  /** Ends the process without a farewell. */
  kill(): Promise<void>;
}

/** Starts a server, ended with the test. */
export async function startOrbit(
  t: TestContext,
  command: readonly string[],
  env: { [name: string]: string } = {},
): Promise<OrbitServer> {
  const [program = "", ...args] = command;
  const settings = { ...process.env, ORBIT_TOKEN: TOKEN, PORT: "0", STEP_MS: "5", METRICS_MS: "20", ...env };
  const child = spawn(program, args, { env: settings, stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => child.kill("SIGKILL"));
  const url = await listening(child);
  return {
    url,
    start: async (type) => {
      const response = await fetch(`${url}/api/tasks`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${env["ORBIT_TOKEN"] ?? TOKEN}` },
        body: JSON.stringify({ type }),
      });
      if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
      return ((await response.json()) as { task: { id: string } }).task.id;
    },
    kill: async () => {
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}

async function listening(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const [, url] = /^listening on (.+)$/.exec(line) ?? [];
    if (url) return url;
  }
  throw new Error("the server ended before it listened");
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`set ${name}, or run \`cargo xtask test --only client\``);
  return value;
}
