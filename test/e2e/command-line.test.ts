/** `npm run local` as a user calls it: exit codes, and a configuration error before anything is started. */
import { expect } from "chai";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { run, type Finished } from "../../tools/local/processes";
import { compiled } from "../../tools/local/project";
import { changedStackFile, root } from "./support";

describe("npm run local", function () {
    this.timeout("1m");
    const cache = fs.mkdtempSync(path.join(os.tmpdir(), "aws-kubernetes-e2e-cache-"));
    after(() => fs.rmSync(cache, { recursive: true, force: true }));

    const local = (...args: string[]): Promise<Finished> =>
        run(process.execPath, [compiled("index.js"), ...args], {
            timeoutSeconds: 50,
            env: { ...process.env, XDG_CACHE_HOME: cache, NO_COLOR: "1" },
        });

    it("refuses a bad configuration with exit code 2 before anything is started", async () => {
        const file = changedStackFile(path.join(root, "Pulumi.dev.yaml"), (config) =>
            Object.assign(config, { "aws-kubernetes:networc": {} }),
        );
        const result = await local("up", "--config", file);
        expect(result.code).to.equal(2);
        expect(result.stderr).to.contain("networc");
        expect(fs.readdirSync(cache)).to.deep.equal([]);
    });

    it("says that nothing runs", async () => {
        const result = await local("status");
        expect(result).to.include({ code: 0, stdout: "nothing runs for stack dev\n" });
    });

    it("has nothing to take down when nothing was started", async () => {
        expect(await local("down")).to.include({ code: 0, stderr: "nothing runs for stack dev\n" });
    });

    it("names a stack that does not exist", async () => {
        const result = await local("up", "--stack", "nowhere");
        expect(result.code).to.equal(2);
        expect(result.stderr).to.contain("nowhere");
    });
});
