import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { generatedFiles } from "../../tools/schema";
import { projectDirectory } from "../support/project";

describe("Generated files", () => {
    for (const [path, text] of Object.entries(generatedFiles(projectDirectory))) {
        it(`${path} is what npm run schema writes`, () => {
            expect(readFileSync(join(projectDirectory, path), "utf8") === text, "out of date; run npm run schema").to.equal(true);
        });
    }
});
