import { expect } from "chai";
import { eksKubeconfig } from "../../../components/kubernetes";
import type { EksAuthentication } from "../../../components/kubernetes";

const ENDPOINT = { endpoint: "https://ABC.gr7.eu-central-1.eks.amazonaws.com", certificateAuthority: "Q0E=" };

interface Exec {
    args: string[];
    command: string;
    env: { name: string; value: string }[] | null;
}

interface Kubeconfig {
    clusters: { name: string; cluster: Record<string, string> }[];
    contexts: { name: string; context: { cluster: string; user: string } }[];
    users: { name: string; user: { exec: Exec } }[];
    "current-context": string;
}

function loaded(authentication: Partial<EksAuthentication> = {}): Kubeconfig {
    return JSON.parse(eksKubeconfig(ENDPOINT, { clusterName: "prod", region: "eu-central-1", ...authentication })) as Kubeconfig;
}

/** The token command of the user the current context names, found as kubectl finds it. */
function execOf(authentication: Partial<EksAuthentication> = {}): Exec {
    const config = loaded(authentication);
    const context = config.contexts.find(({ name }) => name === config["current-context"])?.context;
    const user = config.users.find(({ name }) => name === context?.user)?.user;
    if (user === undefined) {
        throw new Error("the current context names no user");
    }
    return user.exec;
}

describe("eksKubeconfig", () => {
    it("names the API server and its CA", () => {
        expect(loaded().clusters).to.deep.equal([
            { name: "prod", cluster: { server: ENDPOINT.endpoint, "certificate-authority-data": "Q0E=" } },
        ]);
    });

    it("uses the only context there is", () => {
        expect(loaded().contexts.map(({ name }) => name)).to.deep.equal([loaded()["current-context"]]);
    });

    it("asks the AWS CLI for a token of the cluster in its region", () => {
        expect(execOf()).to.deep.include({
            command: "aws",
            args: ["--region", "eu-central-1", "eks", "get-token", "--cluster-name", "prod", "--output", "json"],
        });
    });

    it("sets no environment unless told to", () => {
        expect(execOf().env ?? []).to.deep.equal([]);
    });

    it("takes a role first", () => {
        expect(execOf({ roleArn: "arn:aws:iam::1:role/x" }).args.slice(-2)).to.deep.equal(["--role-arn", "arn:aws:iam::1:role/x"]);
    });

    it("hands a profile to the AWS CLI by its variable", () => {
        expect(execOf({ profile: "work" }).env).to.deep.equal([{ name: "AWS_PROFILE", value: "work" }]);
    });

    it("sorts the environment, so that its order changes nothing", () => {
        const env = execOf({ environment: { B: "2", A: "1" }, profile: "p" }).env;
        expect(env?.map(({ name }) => name)).to.deep.equal(["A", "AWS_PROFILE", "B"]);
    });

    it("is the same text for the same inputs", () => {
        const text = (): string => eksKubeconfig(ENDPOINT, { clusterName: "prod", region: "eu-central-1", environment: { A: "1" } });
        expect(text()).to.equal(text());
    });
});
