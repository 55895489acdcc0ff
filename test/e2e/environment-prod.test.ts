import { describeEnvironment } from "./environment";

describeEnvironment("prod");
