// The example server of the builder protocol, in a process of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { TestContext } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

// Seen from the folder that the tests are compiled into.
const SERVER = fileURLToPath(new URL("../../../../examples/builder-server/server.js", import.meta.url));

/** A token that servers of that secret accept. */
export async function tokenOf(secret: string): Promise<string> {
  const { createAuth } = await import(new URL("auth.js", pathToFileURL(SERVER)).href);
  return createAuth(secret).issue({ id: "7a20c9e4-86f5-4b1d-95e3-d3c81f0b642a", username: "john_doe" });
}

export interface BuilderServer {
  readonly url: string;
  readonly token: string;
  /** Starts a build. */
  build(project: string, order?: { outcome?: "failed"; decision?: boolean }): Promise<void>;
  /** Ends the process without a farewell. */
  kill(): Promise<void>;
}

/** Starts the server, ended with the test; the token is the one that it prints, or that of the first one. */
export async function startBuilder(t: TestContext, env: { [name: string]: string } = {}, first?: BuilderServer): Promise<BuilderServer> {
  const settings = { ...process.env, JWT_SECRET: "", PORT: "0", STEP_MS: "2", ...env };
  const child = spawn(process.execPath, [SERVER], { env: settings, stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => child.kill("SIGKILL"));
  let token = first?.token ?? "";
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith("token ")) token = line.slice("token ".length);
    const [, url] = /^listening on (.+)$/.exec(line) ?? [];
    if (url) return server(url, token, async () => {
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    });
  }
  throw new Error("the server ended before it listened");
}

function server(url: string, token: string, kill: () => Promise<void>): BuilderServer {
  return {
    url,
    token,
    kill,
    build: async (project, order = {}) => {
      const response = await fetch(`${url}/api/projects/${project}/builds`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
        body: JSON.stringify(order),
      });
      if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
    },
  };
}
