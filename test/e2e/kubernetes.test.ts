/** Kubernetes objects on the bench's real API server: strict validation, drift, patches and deletion. */
import { expect } from "chai";
import * as path from "node:path";
import type { Bench } from "../../tools/local/bench";
import { KubernetesApi } from "../../tools/local/kubernetes-provider/api";
import type { JsonObject } from "../../tools/local/kubernetes-provider/values";
import { changedStackFile, expectNoChanges, expectSuccess, fixture, nameOf, openBench } from "./support";

describe("local bench: Kubernetes objects", function () {
    this.timeout("5m");
    const program = fixture("kubernetes");
    const object = (kind: string, name: string, apiVersion = "v1", namespace = "apps"): JsonObject => ({
        apiVersion,
        kind,
        metadata: { name, namespace },
    });
    let bench: Bench;
    let api: KubernetesApi;

    const withSettings = (settings: Record<string, unknown>): Promise<void> =>
        bench.useStackFile(
            changedStackFile(path.join(program, "Pulumi.dev.yaml"), (config) =>
                Object.assign(config["bench-kubernetes:settings"] ?? {}, settings),
            ),
        );

    before(async function () {
        bench = await openBench(this, { program });
        api = new KubernetesApi(bench.addresses.kubeconfig ?? "");
    });
    after(() => bench?.close());

    it("applies every kind, and a second look shows no change", async () => {
        expectSuccess(await bench.up());
        expect(await api.read(object("Deployment", "web", "apps/v1"))).to.have.nested.property("spec.replicas", 2);
        expect(await api.read(object("Widget", "one", "bench.example/v1"))).to.have.nested.property("spec.size", 1);
        expect(await api.read(object("Namespace", "default"))).to.have.nested.property("metadata.labels.patched", "blue");
        expectNoChanges(await bench.preview());
        expectNoChanges(await bench.refresh());
        expectNoChanges(await bench.preview());
    });

    it("keeps a secret secret in the state", async () => {
        const state = JSON.stringify(await bench.engine().state());
        expect(state).not.to.contain("not shown");
        expect(state).not.to.contain(Buffer.from("not shown").toString("base64"));
    });

    it("changes what changed, in place", async () => {
        await withSettings({ replicas: 3 });
        const preview = await bench.preview();
        expect(preview.steps.map((step) => [step.op, nameOf(step.urn)])).to.deep.equal([["update", "web"]]);
        expectSuccess(await bench.up());
        expect(await api.read(object("Deployment", "web", "apps/v1"))).to.have.nested.property("spec.replicas", 3);
    });

    it("shows drift, and the next deployment puts it right", async () => {
        await api.apply({ ...object("Deployment", "web", "apps/v1"), spec: { replicas: 7 } }, "somebody-else");
        const refresh = await bench.refresh();
        expect(refresh.steps.map((step) => nameOf(step.urn))).to.deep.equal(["web"]);
        const preview = await bench.preview();
        expect(preview.steps.map((step) => [step.op, nameOf(step.urn)])).to.deep.equal([["update", "web"]]);
        expectSuccess(await bench.up());
        expect(await api.read(object("Deployment", "web", "apps/v1"))).to.have.nested.property("spec.replicas", 3);
    });

    it("refuses a field the API does not know", async () => {
        await withSettings({ replicas: 3, misspelt: true });
        const result = await bench.up();
        expect(result.code).not.to.equal(0);
        expect(result.diagnostics.map((one) => one.message).join("\n")).to.contain("imagePulPolicy");
        await withSettings({ replicas: 3 });
        expectSuccess(await bench.up());
    });

    it("deletes everything and gives back what it patched", async () => {
        expectSuccess(await bench.down());
        expect(await api.read(object("Namespace", "apps"))).to.equal(undefined);
        expect(await api.read(object("StorageClass", "gp3", "storage.k8s.io/v1"))).to.equal(undefined);
        expect(await api.read(object("Namespace", "default"))).not.to.have.nested.property("metadata.labels.patched");
    });
});
