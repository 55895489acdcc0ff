import { expect } from "chai";
import { ENDPOINT_SERVICES, GATEWAY_SERVICES, PRIVATE_CLUSTER_SERVICES } from "../../../components/network";
import { endpointServiceName } from "../../../components/network/endpoint-services";

describe("endpointServiceName", () => {
    it("is the region and the service", () => {
        expect(endpointServiceName("eu-central-1", "ecr.api")).to.equal("com.amazonaws.eu-central-1.ecr.api");
    });

    it("is spelled in GovCloud as everywhere", () => {
        expect(endpointServiceName("us-gov-west-1", "ec2")).to.equal("com.amazonaws.us-gov-west-1.ec2");
    });

    for (const service of ["ec2", "ecr.api", "ecr.dkr", "eks", "sts", "autoscaling"]) {
        it(`carries China's prefix for ${service}`, () => {
            expect(endpointServiceName("cn-north-1", service)).to.equal(`cn.com.amazonaws.cn-north-1.${service}`);
        });
    }
    for (const service of ["s3", "dynamodb", "logs", "ssm", "elasticloadbalancing", "kms"]) {
        it(`carries no prefix in China for ${service}`, () => {
            expect(endpointServiceName("cn-north-1", service)).to.equal(`com.amazonaws.cn-north-1.${service}`);
        });
    }
});

describe("the services with endpoints", () => {
    it("hold what private clusters need, once each", () => {
        expect(ENDPOINT_SERVICES).to.include.members([...PRIVATE_CLUSTER_SERVICES, ...GATEWAY_SERVICES]);
        expect(new Set(ENDPOINT_SERVICES).size).to.equal(ENDPOINT_SERVICES.length);
    });
});
