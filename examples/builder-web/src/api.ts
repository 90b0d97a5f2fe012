/**
 * The HTTP requests that start builds and deployments; their events tell the rest.
 */

/** What a build may be asked to do. */
export interface BuildRequest {
  readonly decision: boolean;
  readonly outcome: "completed" | "failed";
}

/** Who asks, and for which project. */
export interface Access {
  readonly token: string;
  readonly projectId: string;
}

/** @throws Error with a sentence for the user when the server does not accept it */
export function startBuild(access: Access, request: BuildRequest): Promise<void> {
  return post(access, "builds", request);
}

/** @throws Error with a sentence for the user when the server does not accept it */
export function deploy(access: Access, environment: string): Promise<void> {
  return post(access, "deployments", { environment });
}

async function post({ token, projectId }: Access, what: string, body: object): Promise<void> {
  const response = await fetch(`/api/projects/${encodeURIComponent(projectId)}/${what}`, {
    method: "POST",
    headers: { "Authorization": `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  }).catch((cause: unknown) => {
    throw new Error("The server cannot be reached.", { cause });
  });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
}
