/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-argument -- recorded inputs and parsed documents have no type of their own */
import { expect } from "chai";
import * as fc from "fast-check";
import { nodeadmBootstrap, MAX_USER_DATA_BYTES, userDataProblems, TaintEffect } from "../../../components/user-data";
import type { NodeadmArgs } from "../../../components/user-data";
import { anyLabels, anyTaints, CLUSTER, node, nodeConfigOf, parseMime } from "./documents";
import fields from "./fixtures/nodeadm-fields.json";

const full: NodeadmArgs = {
    preCommands: ["echo before"],
    postCommands: ["echo after"],
    kubeletFlags: ["--v=4"],
    containerdConfig: "[plugins]\n",
    localStorageStrategy: "RAID0",
    featureGates: { FastImagePull: true },
    environment: { default: { HTTPS_PROXY: "http://proxy.example.com:3128" } },
    maxPodsExpression: "max_pods - 5",
};

/** Paths of an object that a field list does not have; a description instead of an object ends the descent. */
function unknownFields(value: Record<string, unknown>, known: Record<string, unknown>, path = ""): string[] {
    return Object.entries(value).flatMap(([key, item]) => {
        const description = known[key];
        if (description === undefined) {
            return [`${path}${key}`];
        }
        const descend = typeof description === "object" && !Array.isArray(description) && typeof item === "object" && item !== null;
        return descend ? unknownFields(item as Record<string, unknown>, description as Record<string, unknown>, `${path}${key}.`) : [];
    });
}

describe("nodeadm user data", () => {
    const render = (settings: NodeadmArgs = {}, facts = node(), cluster: typeof CLUSTER | undefined = CLUSTER) =>
        nodeadmBootstrap(settings).userData(facts, cluster);

    it("is a NodeConfig of the version nodeadm reads", () => {
        const config = nodeConfigOf(render().text);
        expect(config.apiVersion).to.equal(fields.apiVersion);
        expect(config.kind).to.equal(fields.kind);
    });

    it("has only fields that nodeadm documents, with every option used", () => {
        const facts = node({ labels: { a: "b" }, kubelet: { maxPods: 20, kubeReserved: { cpu: "100m" } } });
        expect(unknownFields(nodeConfigOf(render(full, facts).text).spec, fields.spec)).to.deep.equal([]);
    });

    it("names the cluster when it is complete", () => {
        expect(nodeConfigOf(render().text).spec.cluster).to.deep.equal({
            name: "prod",
            apiServerEndpoint: CLUSTER.endpoint,
            certificateAuthority: "Q0E=",
            cidr: "172.20.0.0/16",
        });
    });

    it("leaves cluster, labels and taints to EKS when it is partial", () => {
        const facts = node({ labels: { a: "b" }, taints: [{ key: "k", effect: TaintEffect.NoSchedule }], kubelet: { maxPods: 30 } });
        expect(nodeConfigOf(nodeadmBootstrap().userData(facts).text).spec).to.deep.equal({ kubelet: { config: { maxPods: 30 } } });
    });

    it("is empty when a managed group has nothing to say", () => {
        expect(nodeadmBootstrap().userData(node()).text).to.equal("");
    });

    it("passes labels and taints as kubelet flags", () => {
        const facts = node({ labels: { b: "2", a: "1" }, taints: [{ key: "k", value: "v", effect: TaintEffect.NoExecute }] });
        expect(nodeConfigOf(render({}, facts).text).spec.kubelet.flags).to.deep.equal([
            "--node-labels=a=1,b=2",
            "--register-with-taints=k=v:NoExecute",
        ]);
    });

    it("keeps several effects of one taint key", () => {
        const taints = [TaintEffect.NoSchedule, TaintEffect.NoExecute].map((effect) => ({ key: "k", value: "v", effect }));
        expect(nodeConfigOf(render({}, node({ taints })).text).spec.kubelet.flags).to.deep.equal([
            "--register-with-taints=k=v:NoExecute,k=v:NoSchedule",
        ]);
    });

    it("puts commands before and after the NodeConfig", () => {
        expect(parseMime(render(full).text).map((part) => part.contentType)).to.deep.equal([
            "text/x-shellscript",
            "application/node.eks.aws",
            "text/x-shellscript",
        ]);
    });

    it("starts scripts with an interpreter and stops them at the first error", () => {
        expect(parseMime(render(full).text)[0]?.body).to.match(/^#!\/usr\/bin\/env bash\nset -o errexit .*\necho before\n/);
    });

    it("writes KubeletConfiguration fields it does not know as they are", () => {
        const kubelet = { extraConfiguration: { shutdownGracePeriod: "30s", maxPods: 5 }, maxPods: 7 };
        expect(nodeConfigOf(render({}, node({ kubelet })).text).spec.kubelet.config).to.deep.equal({
            maxPods: 7,
            shutdownGracePeriod: "30s",
        });
    });

    it("is the same text whatever the order of labels and taints", () => {
        fc.assert(
            fc.property(anyLabels, anyTaints, (labels, taints) => {
                const turned = node({ labels: Object.fromEntries(Object.entries(labels).reverse()), taints: [...taints].reverse() });
                expect(render({}, turned).text).to.equal(render({}, node({ labels, taints })).text);
            }),
        );
    });

    it("carries any labels and taints unchanged", () => {
        fc.assert(
            fc.property(anyLabels, anyTaints, (labels, taints) => {
                const flags = (nodeConfigOf(render({}, node({ labels, taints })).text).spec.kubelet?.flags ?? []) as string[];
                const read = (flag: string) =>
                    (flags.find((text) => text.startsWith(flag))?.slice(flag.length) ?? "").split(",").filter(Boolean);
                expect(read("--node-labels=")).to.have.members(Object.entries(labels).map(([key, value]) => `${key}=${value}`));
                expect(read("--register-with-taints=")).to.have.members(taints.map((t) => `${t.key}=${t.value ?? ""}:${t.effect}`));
            }),
        );
    });

    it("carries any script through the MIME document", () => {
        fc.assert(
            fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (script) => {
                const command = script.replaceAll("\r", "");
                const [part] = parseMime(render({ preCommands: [command] }).text);
                expect(part?.body.trimEnd().endsWith(command.trimEnd())).to.equal(true);
            }),
        );
    });

    it("derives the boundary from the content", () => {
        const boundary = (settings: NodeadmArgs) => /boundary="([^"]+)"/.exec(render(settings).text)?.[1];
        expect(boundary({ preCommands: ["a"] })).to.equal(boundary({ preCommands: ["a"] }));
        expect(boundary({ preCommands: ["a"] })).not.to.equal(boundary({ preCommands: ["b"] }));
    });

    it("counts bytes and not characters", () => {
        const plain = render({ preCommands: ["echo a"] }).bytes;
        expect(render({ preCommands: ["echo €"] }).bytes).to.equal(plain + 2);
    });

    it("takes exactly 16 KiB and refuses one byte more", () => {
        const base = render({ preCommands: ["#"] }).bytes;
        const filled = (extra: number) => render({ preCommands: [`#${"x".repeat(MAX_USER_DATA_BYTES - base + extra)}`] });
        expect(userDataProblems(filled(0))).to.deep.equal([]);
        expect(userDataProblems(filled(1)).map((problem) => problem.path)).to.deep.equal(["userData"]);
    });

    it("refuses maxPodsExpression beside maxPods", () => {
        const problems = nodeadmBootstrap(full).problems(node({ kubelet: { maxPods: 5 } }));
        expect(problems.map((problem) => problem.path)).to.deep.equal(["nodeadm.maxPodsExpression"]);
    });

    it("refuses containerd configuration that is no TOML", () => {
        const problems = nodeadmBootstrap({ containerdConfig: "[plugins" }).problems(node());
        expect(problems.map((problem) => problem.path)).to.deep.equal(["nodeadm.containerdConfig"]);
    });

    it("refuses flags that would replace labels and taints", () => {
        const problems = nodeadmBootstrap({ kubeletFlags: ["--node-labels=a=b", "v=4"] }).problems(node());
        expect(problems.map((problem) => problem.path)).to.deep.equal(["nodeadm.kubeletFlags[0]", "nodeadm.kubeletFlags[1]"]);
    });
});
