/**
 * The HTTP request that starts a task.
 */

/** What a task may be asked to do. */
export interface TaskRequest {
  readonly type: string;
  readonly outcome: string;
}

/**
 * Asks the server to start a task; its events tell the rest.
 * @throws Error with a sentence for the user when the server does not accept it
 */
export async function startTask(token: string, request: TaskRequest): Promise<void> {
  const response = await fetch("/api/tasks", {
    method: "POST",
    headers: { "Authorization": `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify(request),
    signal: AbortSignal.timeout(10_000),
  }).catch((cause: unknown) => {
    throw new Error("The server cannot be reached.", { cause });
  });
  if (!response.ok) throw new Error(`The server answered ${response.status} and did not start the task.`);
}
