import { defineConfig, type ProxyOptions } from "vite";

const { ORBIT_URL: target = "http://127.0.0.1:7443" } = process.env;

/** A response whose server has died ends for the browser too, so that the page knows. */
const configure: NonNullable<ProxyOptions["configure"]> = (proxy) => {
  proxy.on("proxyRes", (answer, _request, response) => {
    answer.once("close", () => {
      if (!answer.complete) response.destroy();
    });
  });
};

/** The server's endpoints, on the page's own origin: the browser needs no CORS, and the page no other `connect-src`. */
const proxy = {
  "/api": { target, secure: false, configure },
  "/events": { target, secure: false, configure },
  "/ws": { target, secure: false, configure, ws: true },
};

export default defineConfig({
  server: { proxy },
  preview: { proxy, headers: { "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer" } },
});
