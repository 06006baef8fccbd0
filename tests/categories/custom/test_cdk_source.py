"""The class of a custom stack is carried over by edits."""

from __future__ import annotations

import pytest

from migrator.categories.custom.cdk_source import StackCode, stack_code

IMPORTS = """import * as cdk from 'aws-cdk-lib';
import * as AmplifyHelpers from '@aws-amplify/cli-extensibility-helper';
import { Construct } from 'constructs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
"""
V1 = """import * as cdk from '@aws-cdk/core';
import * as AmplifyHelpers from '@aws-amplify/cli-extensibility-helper';
import * as sqs from '@aws-cdk/aws-sqs';
"""
PARAMETERS = "props?: cdk.StackProps, amplifyResourceProps?: AmplifyHelpers.AmplifyResourceProps"


def code(body: str, imports: str = IMPORTS, scope: str = "Construct", base: str = "cdk.Stack") -> str:
    return f"""{imports}
export class cdkStack extends {base} {{
  constructor(scope: {scope}, id: string, {PARAMETERS}) {{
    super(scope, id, props);
{body}
  }}
}}
"""


def carried(body: str, imports: str = IMPORTS, scope: str = "Construct", rename: tuple[str, ...] = ()) -> StackCode:
    return stack_code(code(body, imports, scope), "JobsStack", "harbour", rename=rename)


def test_the_class_becomes_a_nested_stack() -> None:
    text = carried("").text
    assert "export class JobsStack extends cdk.NestedStack {" in text
    assert "constructor(scope: Construct, id: string, props: JobsStackProps) {\n    super(scope, id);" in text


def test_the_library_of_the_cli_is_gone() -> None:
    assert "cli-extensibility-helper" not in carried("").text


def test_the_parameter_with_the_environment_becomes_the_branch() -> None:
    body = "    new cdk.CfnParameter(this, 'env', { type: 'String' });\n    const name = `jobs-${cdk.Fn.ref('env')}`;"
    text = carried(body).text
    assert "CfnParameter" not in text
    assert "const name = `jobs-${props.branch}`;" in text


def test_a_constant_with_the_parameter_becomes_the_branch() -> None:
    body = "    const env = new cdk.CfnParameter(this, 'env');\n    const name = env.valueAsString;"
    assert "const name = props.branch;" in carried(body).text


def test_what_the_project_is_called_is_written_out() -> None:
    text = carried("    const info = AmplifyHelpers.getProjectInfo();").text
    assert "const info = { envName: props.branch, projectName: 'harbour' };" in text


DEPENDENCY = """    const dependencies: Attributes = AmplifyHelpers.addResourceDependency(
      this, amplifyResourceProps.category,
      amplifyResourceProps!.resourceName, [{ category: 'function', resourceName: 'resize' }]);
    const arn = cdk.Fn.ref(dependencies.function.resize.Arn);"""


def test_outputs_of_other_resources_are_handed_to_the_constructor() -> None:
    made = carried(DEPENDENCY)
    assert made.needs == {"function": {"resize": ("Arn",)}}
    assert "const dependencies = props.dependencies;" in made.text
    assert "const arn = dependencies.function.resize.Arn;" in made.text
    assert "function: { resize: { Arn: string } };" in made.text


def test_outputs_that_are_unpacked_are_handed_over() -> None:
    body = DEPENDENCY.rpartition("\n")[0] + "\n    const { Arn, Name } = dependencies.function.resize;"
    assert carried(body).needs == {"function": {"resize": ("Arn", "Name")}}


def test_the_name_of_a_parameter_is_no_value() -> None:
    body = DEPENDENCY.rpartition("\n")[0] + "\n    const x = { Ref: dependencies.function.resize.Arn };"
    assert "it uses the name of a parameter for something else than its value" in carried(body).reasons


def test_imports_of_version_1_become_those_of_version_2() -> None:
    text = carried("", V1, "cdk.Construct").text
    assert "from 'aws-cdk-lib';" in text
    assert "from 'aws-cdk-lib/aws-sqs';" in text
    assert "import { Construct } from 'constructs';" in text
    assert "scope: Construct" in text


def test_ids_of_outputs_are_known() -> None:
    assert carried("    new cdk.CfnOutput(this, 'QueueUrl', { value: 'x' });").outputs == ("QueueUrl",)


QUEUE = "    new sqs.Queue(this, 'q', { queueName: `jobs-${cdk.Fn.ref('env')}.fifo` });"


def test_a_name_that_would_clash_gets_an_ending_before_that_of_its_kind() -> None:
    (name,) = carried(QUEUE).names
    assert "queueName: `jobs-${props.branch}-gen2.fifo`" in carried(QUEUE, rename=(name.key,)).text


def test_a_name_that_is_an_expression_gets_an_ending() -> None:
    body = "    const name = 'jobs';\n    new sqs.Queue(this, 'q', { queueName: name });"
    (name,) = carried(body).names
    assert "queueName: `${name}-gen2`" in carried(body, rename=(name.key,)).text


def test_names_of_what_is_looked_up_stay() -> None:
    assert carried("    sqs.Queue.fromQueueAttributes(this, 'q', { queueName: 'x' });").names == ()


def test_files_beside_the_code_are_found_where_gen_1_compiled_it() -> None:
    text = carried("    const file = path.join(__dirname, '..', 'rules.json');").text
    assert "const __dirname = fileURLToPath(new URL('./build', import.meta.url));" in text


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("    const x = require('x');", "it needs CommonJS or the folder that it is run in"),
        ("    const x = __dirname + '/../../other';", "it reads files outside of its folder"),
        ("    console.log(props.env);", "it uses the properties that Gen 1 hands to its stack"),
        ("    console.log(amplifyResourceProps.resourceName);", "it uses its own category or name"),
        ("    new cdk.CfnParameter(this, 'days', { type: 'Number' });", "it has a parameter of its own, days"),
        ("    cdk.Fn.ref('functionresizeArn');", "it refers to the parameter functionresizeArn by its name"),
        ("    AmplifyHelpers.other();", "AmplifyHelpers is used in a way that is not known"),
    ],
)
def test_what_cannot_be_carried_over_says_why(body: str, why: str) -> None:
    assert why in carried(body).reasons


def test_examples_in_comments_are_no_reason() -> None:
    made = carried(
        "    /*\n    const i = AmplifyHelpers.getProjectInfo();\n    require('x');\n    */\n    // AmplifyHelpers.x()"
    )
    assert made.reasons == ()


def test_code_with_several_stacks_is_not_carried_over() -> None:
    two = code("") + "class Other extends cdk.Stack {}\n"
    assert "it has several stacks" in stack_code(two, "JobsStack", "harbour").reasons


def test_code_that_is_broken_is_not_carried_over() -> None:
    assert stack_code("export class {", "JobsStack", "harbour").reasons == ("it cannot be parsed",)


def test_a_project_s_name_cannot_become_code() -> None:
    text = stack_code(code("    const i = AmplifyHelpers.getProjectInfo();"), "JobsStack", "a'; process.exit(); '").text
    assert '''projectName: "a'; process.exit(); '"''' in text
