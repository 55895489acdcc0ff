/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access -- recorded inputs and parsed documents have no type of their own */
import { expect } from "chai";
import * as fc from "fast-check";
import { bottlerocketBootstrap, clusterDnsAddress, TaintEffect } from "../../../components/user-data";
import type { BottlerocketArgs, TaintArgs } from "../../../components/user-data";
import { anyLabels, anyTaints, CLUSTER, node, settingsOf } from "./documents";
import fields from "./fixtures/bottlerocket-kubernetes-keys.json";

describe("Bottlerocket user data", () => {
    const render = (settings: BottlerocketArgs = {}, facts = node()) => bottlerocketBootstrap(settings).userData(facts, CLUSTER).text;
    const kubelet = {
        maxPods: 58,
        kubeReserved: { cpu: "80m" },
        systemReserved: { memory: "100Mi" },
        evictionHard: { "memory.available": "5%" },
    };

    it("has only Kubernetes keys that Bottlerocket documents, with every option used", () => {
        const taints: TaintArgs[] = [{ key: "k", effect: TaintEffect.NoSchedule }];
        const keys = Object.keys(settingsOf(render({}, node({ labels: { a: "b" }, taints, kubelet }))).kubernetes as object);
        expect(fields.keys).to.include.members(keys);
    });

    it("has what Bottlerocket needs to join EKS", () => {
        expect(settingsOf(render()).kubernetes).to.include.keys(...fields.requiredToJoinEks);
    });

    it("leaves cluster, labels and taints to EKS when it is partial", () => {
        const facts = node({ labels: { a: "b" }, taints: [{ key: "k", effect: TaintEffect.NoSchedule }], kubelet: { maxPods: 58 } });
        expect(settingsOf(bottlerocketBootstrap().userData(facts).text)).to.deep.equal({ kubernetes: { "max-pods": 58 } });
    });

    it("is empty when a managed group has nothing to say", () => {
        expect(bottlerocketBootstrap().userData(node()).text).to.equal("");
    });

    it("writes the most pods as a whole number", () => {
        expect(render({}, node({ kubelet }))).to.match(/^max-pods = 58$/m);
    });

    it("lists several effects below one taint key", () => {
        const taints: TaintArgs[] = [
            { key: "dedicated", value: "gpu", effect: TaintEffect.NoSchedule },
            { key: "dedicated", value: "gpu", effect: TaintEffect.NoExecute },
        ];
        expect(settingsOf(render({}, node({ taints }))).kubernetes["node-taints"]).to.deep.equal({
            dedicated: ["gpu:NoExecute", "gpu:NoSchedule"],
        });
    });

    it("merges the user's settings over its own, table by table", () => {
        const settings = { kernel: { lockdown: "integrity" }, kubernetes: { "max-pods": 20, "pod-pids-limit": 4096 } };
        const read = settingsOf(render({ settings }, node({ kubelet })));
        expect(read.kernel).to.deep.equal({ lockdown: "integrity" });
        expect(read.kubernetes).to.deep.include({ "max-pods": 20, "pod-pids-limit": 4096, "cluster-name": "prod" });
    });

    it("switches host containers only where told to", () => {
        expect(settingsOf(render({ adminContainer: true }))["host-containers"]).to.deep.equal({ admin: { enabled: true } });
        expect(settingsOf(render())).not.to.have.property("host-containers");
    });

    it("can switch the control container off", () => {
        expect(settingsOf(render({ controlContainer: false }))["host-containers"]).to.deep.equal({ control: { enabled: false } });
    });

    it("carries any labels and taints unchanged", () => {
        fc.assert(
            fc.property(anyLabels, anyTaints, (labels, taints) => {
                const read = settingsOf(render({}, node({ labels, taints }))).kubernetes;
                expect({ ...read["node-labels"] }).to.deep.equal(labels);
                const listed = Object.entries((read["node-taints"] ?? {}) as Record<string, string[]>);
                const found = listed.flatMap(([key, values]) => values.map((value) => `${key}=${value}`));
                expect(found).to.have.members(taints.map((taint) => `${taint.key}=${taint.value ?? ""}:${taint.effect}`));
            }),
        );
    });

    it("is the same text whatever the order of labels and taints", () => {
        fc.assert(
            fc.property(anyLabels, anyTaints, (labels, taints) => {
                const turned = node({ labels: Object.fromEntries(Object.entries(labels).reverse()), taints: [...taints].reverse() });
                expect(render({}, turned)).to.equal(render({}, node({ labels, taints })));
            }),
        );
    });

    it("refuses settings that begin one level too high", () => {
        const problems = bottlerocketBootstrap({ settings: { settings: {} } }).problems(node());
        expect(problems.map((problem) => problem.path)).to.deep.equal(["bottlerocket.settings"]);
    });

    it("refuses KubeletConfiguration fields, which Bottlerocket does not take", () => {
        const problems = bottlerocketBootstrap().problems(node({ kubelet: { extraConfiguration: { maxOpenFiles: 1 } } }));
        expect(problems.map((problem) => problem.path)).to.deep.equal(["kubelet.extraConfiguration"]);
    });
});

describe("cluster DNS address", () => {
    it("is the tenth of an IPv4 service range", () => {
        expect(clusterDnsAddress("10.100.0.0/16")).to.equal("10.100.0.10");
    });

    it("is the tenth of an IPv6 service range", () => {
        expect(clusterDnsAddress("fd7c:e93:9f2f::/108")).to.equal("fd7c:e93:9f2f::a");
    });

    it("counts from the start of the range and not from the address given", () => {
        expect(clusterDnsAddress("172.20.5.9/16")).to.equal("172.20.0.10");
    });
});
