"""What each check lets pass and what it complains of: a statement, the sentence it cites, the kind of complaint or ''."""

import pytest

from digest.checking import Ground, check_claim, check_statement
from digest.models import Claim, NamedClaim, Result

RESULT = "On AIME 2024, the pass@1 of DeepSeek-R1-Zero rises from 15.6% to 71.0% over 8,000 steps, 3x faster than PPO."
MODEL = "DeepSeek-V3 has 671B parameters, of which 37B are activated for each token, and was trained for 2.788M H800 GPU hours."
POINTS = "RCE yields 12-18 point gains on ARC-AGI-2 and two smaller ones with a Qwen2.5-7B backbone."
MLA = "We adopt Multi-head Latent Attention (MLA) and a sparse mixture of experts."
DSA = "The model adopts DeepSeek Sparse Attention (DSA) to reduce the training cost without retraining."
SHORT = "GLM-5 adopts DSA to reduce inference cost."
PLAIN = "Our method outperforms existing baselines on reasoning benchmarks and improves accuracy, but does not use a value model."


def kinds(statement: str, *sentences: str, title: str = "") -> set[str]:
    """The complaints about a statement that cites all these sentences."""
    ground = Ground.of_texts(sentences, title)
    return {complaint.kind for complaint in check_statement(statement, range(1, len(sentences) + 1), ground).complaints}


@pytest.mark.parametrize(
    ("statement", "sentence", "kind"),
    [
        ("在 AIME 2024 上 pass@1 从 15.6% 提升至 71.0%", RESULT, ""),
        ("在 AIME24 上 pass@1 达到 71%", RESULT, ""),
        ("在 AIME 2024 上 pass@1 从 15.6% 提升至 77.0%", RESULT, "number"),
        ("在 AIME 2025 上 pass@1 从 15.6% 提升至 71.0%", RESULT, "number"),
        ("Accuracy reaches 71.0 points on AIME 2024", RESULT, "number"),
        ("训练 8000 步后 pass@1 达到 71%", RESULT, ""),
        ("训练 8k 步后 pass@1 达到 71%", RESULT, ""),
        ("训练 9000 步后 pass@1 达到 71%", RESULT, "number"),
        ("比 PPO 快三倍", RESULT, ""),
        ("比 PPO 快五倍", RESULT, "number"),
        ("总参数量 6710 亿，每个 token 激活 370 亿", MODEL, ""),
        ("总参数量 671 亿，每个 token 激活 370 亿", MODEL, "number"),
        ("The model has 671 billion parameters and activates 37 billion", MODEL, ""),
        ("训练耗费 278.8 万 H800 GPU 小时", MODEL, ""),
        ("训练耗费 2.688M H800 GPU 小时", MODEL, "number"),
        ("训练耗费约 2.8M H800 GPU 小时", MODEL, "number"),
        ("在 ARC-AGI-2 上提升 12 到 18 个点", POINTS, ""),
        ("在 ARC-AGI-2 上提升 12%", POINTS, "number"),
        ("在 ARC-AGI-2 上提升 12-19 个百分点", POINTS, "number"),
        ("以 7B 模型为骨干，在 ARC-AGI-2 上提升 12-18 个点", POINTS, ""),
        ("以 8B 模型为骨干，在 ARC-AGI-2 上提升 12-18 个点", POINTS, "number"),
        ("在三个基准（GPQA、MATH 与 BBH）上评测", "We evaluate on GPQA, MATH and BBH, which are hard benchmarks.", ""),
        ("在四个基准（GPQA、MATH 与 BBH）上评测", "We evaluate on GPQA, MATH and BBH, which are hard benchmarks.", "number"),
        ("Accuracy improves by 7 points", "Accuracy improves by 7%.", "number"),
        ("Latency falls by 7 points", "Latency falls by 7%.", "number"),
        ("Accuracy improves by 7%", "Accuracy improves by 7 points.", "number"),
        ("准确率提升 1.8 个百分点", "It achieves absolute gains in accuracy of 1.8% on A and 1.3% on B.", ""),
        ("准确率提升 1.3 个百分点", "It achieves absolute gains in accuracy of 1.8% on A and 1.3% on B.", ""),
        ("Trained with 3.13 billion scans", "Trained with 3.13 million scans.", "number"),
        ("Trained on 3.13 thousand scans", "Trained on 3.13 million scans.", "number"),
        ("There are four limitations", "There are two limitations.", "number"),
        ("比较了 2024 年 4 月发布的模型", "It compares models of April 2024.", ""),
        ("比较了 2024 年 5 月发布的模型", "It compares models of April 2024.", "number"),
        ("54 名学生参与", "With 50 students, 54% of them took part.", "number"),
        ("让四个模型扮演学生", "Three models (GPT-5.2, Claude Sonnet 4, Gemini 3) play students.", "number"),
        ("准确率从 60% 升至 75%，提高 15 个百分点", "Accuracy rises from 60% to 75%.", ""),
        ("准确率从 60% 升至 75%，提高 16 个百分点", "Accuracy rises from 60% to 75%.", "number"),
        ("成功率从 60.6% 跌到 30.9%，几乎减半", "Success falls from 60.6% to 30.9%.", ""),
        ("(1) It plans, (2) it reasons", "The model plans, then reasons.", ""),
        ("它会规划（ANLS 6.69）", "The model plans (6.96 ANLS).", "number"),
        ("(1) It plans, (3) it reasons", "The model (1) plans, (2) reasons.", "number"),
        ("More than nine of ten tasks gain", "Over 90% of tasks gain.", ""),
        ("More than eight of ten tasks gain", "Over 90% of tasks gain.", "number"),
        ("The gain is two times that of two tasks", "The gain is three times that of two tasks.", "number"),
        ("Nearly half of the outputs (49.7%) are wrong", "We find that 49.7% of the outputs are wrong.", ""),
    ],
)  # fmt: skip
def test_every_number_stands_in_the_cited_sentences(statement: str, sentence: str, kind: str) -> None:
    found = kinds(statement, sentence)
    assert kind in found if kind else found == set()


@pytest.mark.parametrize(
    ("statement", "sentence", "kind"),
    [
        ("在 Qwen 2.5 7B 上验证 RCE", POINTS, ""),
        ("在 Qwen2.5-7B 上验证 RCE", POINTS, ""),
        ("在 Qwen2.5-8B 上验证 RCE", POINTS, "name"),
        ("在 Mistral-7B 上验证 RCE", POINTS, "name"),
        ("RCE is tested with Llama on ARC-AGI-2", POINTS, "name"),
        ("RCE is tested on ARC-AGI", POINTS, ""),
        ("采用 LLM 提升推理准确率", "Large language models reason with higher accuracy.", ""),
        ("采用 MCTS 提升推理准确率", "Large language models reason with higher accuracy.", "name"),
        ("RL 训练提升推理准确率", "Reinforcement learning raises the accuracy of reasoning.", ""),
        ("agent 的 rollout 与 token 级 reward", "The agent collects rollouts and gets a reward for each token.", ""),
        ("Extensive results show higher accuracy", "Large language models reason with higher accuracy.", ""),
        ("Falcon reasons with higher accuracy than large models", "LLMs reason with higher accuracy.", "name"),
        ("在 8xA100 上训练", "It is trained on 8 A100s.", ""),
        ("比 2xH100 更快地训练", "It is trained on 8xA100 GPUs.", "name"),
        ("Turkish models reason with higher accuracy", "Models from Turkey reason with higher accuracy.", ""),
        ("Eighteen models reason", "We test 18 models that reason.", ""),
        ("See https://evil.example/x for accuracy of models", "Language models reason with higher accuracy.", "name"),
    ],
)  # fmt: skip
def test_every_name_stands_in_the_cited_sentences(statement: str, sentence: str, kind: str) -> None:
    found = kinds(statement, sentence)
    assert kind in found if kind else "name" not in found


@pytest.mark.parametrize(
    ("statement", "sentence", "kind"),
    [
        ("采用 DSA（DeepSeek Sparse Attention）降低训练成本", DSA, ""),
        ("采用 DSA (DeepSeek sparse-attention) 降低训练成本", DSA, ""),
        ("采用 DSA（Dynamic Sparse Attention）降低训练成本", DSA, "acronym"),
        ("Dynamic Sparse Attention (DSA) lowers the training cost", DSA, "acronym"),
        ("DSA, short for Dynamic Sparse Attention, lowers the training cost", DSA, "acronym"),
        ("采用 DSA（Dynamic Sparse Attention）降低推理成本", SHORT, "acronym"),
        ("采用 DSA（动态稀疏注意力）降低推理成本", SHORT, "acronym"),
        ("采用稀疏注意力（DSA）降低训练成本", DSA, ""),
        ("采用 MLA（多头潜在注意力）", MLA, ""),
        ("采用多头潜在注意力（MLA）", MLA, ""),
        ("采用 MLA（多头线性注意力）", MLA, "acronym"),
        ("在推理中采用多头潜在注意力（MLA）", MLA, ""),
        ("Large language models (LLMs) reason well", "LLMs reason well.", ""),
        ("GLM-5 (open weights) lowers inference cost", SHORT, ""),
    ],
)  # fmt: skip
def test_an_acronym_is_spelled_out_as_the_paper_does(statement: str, sentence: str, kind: str) -> None:
    found = kinds(statement, sentence)
    assert kind in found if kind else "acronym" not in found


@pytest.mark.parametrize(
    ("statement", "sentence", "kind"),
    [
        ("首个用于推理的基准", "We propose a benchmark for reasoning.", "superlative"),
        ("首个用于推理的基准", "We propose the first benchmark for reasoning.", ""),
        ("首个用于推理的基准", "To our knowledge, no prior benchmark covers reasoning.", ""),
        ("This is the first benchmark for reasoning", "We propose a benchmark for reasoning.", "superlative"),
        ("The first stage trains the benchmark for reasoning", "We first train on a benchmark for reasoning.", ""),
        ("首先构建推理基准", "We propose a benchmark for reasoning.", ""),
        ("在推理基准上达到 SOTA", "It improves on a benchmark for reasoning.", "superlative"),
        ("在推理基准上达到最先进水平", "It sets a new state of the art on a benchmark for reasoning.", ""),
        ("推理代码已开源", "It improves on a benchmark for reasoning and code.", "superlative"),
        ("推理代码已开源", "Code for reasoning is available at github.com/a/b.", ""),
        ("The best results on a reasoning benchmark", "It improves results on a benchmark for reasoning.", "superlative"),
        ("在推理基准上优于所有方法", "It improves results on a benchmark for reasoning.", "superlative"),
        ("基于最优传输的推理基准", "The benchmark for reasoning rests on transport with least cost.", ""),
    ],
)  # fmt: skip
def test_superlatives_are_the_papers_own(statement: str, sentence: str, kind: str) -> None:
    found = kinds(statement, sentence)
    assert kind in found if kind else "superlative" not in found


@pytest.mark.parametrize(
    ("statement", "sentence", "kind"),
    [
        ("The method outperforms existing baselines on reasoning benchmarks", PLAIN, ""),
        ("The method does not outperform existing baselines on reasoning benchmarks", PLAIN, "negation"),
        ("The method underperforms existing baselines on reasoning benchmarks", PLAIN, "negation"),
        ("The method degrades accuracy", PLAIN, "negation"),
        ("It uses a value model", PLAIN, "negation"),
        ("It needs no value model", PLAIN, ""),
        ("该方法在推理基准上优于现有基线", PLAIN, ""),
        ("该方法在推理基准上不如现有基线", PLAIN, "negation"),
        ("该方法降低了准确率", PLAIN, "negation"),
        ("该方法提升了准确率", PLAIN, ""),
        ("无需重新训练即可降低训练成本", DSA, ""),
        ("需要重新训练才能降低训练成本", DSA, "negation"),
        ("显著提升训练成本", DSA, "negation"),
        ("准确率不足 90%", "Accuracy is over 90%.", "negation"),
        ("The latency is shorter and accuracy is kept", "It shortens latency while improving accuracy.", ""),
        ("无监督训练提升准确率", "Unsupervised training improves accuracy.", ""),
        ("不同模型的准确率均提升", "Accuracy improves for different models.", ""),
    ],
)  # fmt: skip
def test_a_statement_does_not_turn_its_sentence_round(statement: str, sentence: str, kind: str) -> None:
    found = kinds(statement, sentence)
    assert kind in found if kind else "negation" not in found


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("稀疏注意力降低训练成本", ""),
        ("Sparse attention lowers what training costs", ""),
        ("蛋白质结构的扩散生成", "unrelated"),
        ("Diffusion models generate protein structures", "unrelated"),
        ("这一段说明了训练与推理如何衔接", ""),
        ("文中指出了做法成立的条件", ""),
    ],
)
def test_a_statement_has_to_do_with_its_sentence(statement: str, kind: str) -> None:
    assert kinds(statement, DSA) == ({kind} if kind else set())


def test_shared_numbers_are_relation_enough() -> None:
    sentence = "Experiments demonstrate our method achieves 18 top-1 and 6 top-2 results out of 28 forecasting settings."
    assert kinds("TIFO ranks first in 18 of 28 and second in 6", sentence, title="TIFO") == set()


@pytest.mark.parametrize("evidence", [[], [9], [1, 9], [0]])
def test_a_statement_cites_sentences_that_exist(evidence: list[int]) -> None:
    verdict = check_statement("It improves accuracy", evidence, Ground.of_texts([PLAIN]))
    assert verdict.status == "unsupported"
    assert verdict.complaints[0].kind == "evidence"


@pytest.mark.parametrize(
    ("statement", "status"),
    [
        ("GSM8K 准确率提升 5.2%", "supported"),
        ("GSM8K 准确率提升 7.5%", "partly"),
        ("GSM8K 准确率提升 9.9%", "unsupported"),
        ("MATH 准确率提升 5.2%", "partly"),
        ("HumanEval 准确率提升 5.2%", "unsupported"),
        ("GSM8K 准确率提升约 5%", "partly"),
    ],
)
def test_what_stands_elsewhere_in_the_paper_is_partly_supported(statement: str, status: str) -> None:
    ground = Ground.of_texts(["Accuracy on GSM8K improves by 5.2%.", "On MATH, accuracy improves by 7.5%."])
    assert check_statement(statement, [1], ground).status == status


def test_a_difference_that_the_paper_does_not_state_is_partly_supported() -> None:
    ground = Ground.of_texts(["Accuracy rises from 82% to 95%."])
    assert check_statement("准确率提升 13 个点", [1], ground).status == "partly"
    assert check_statement("准确率提升 14 个点", [1], ground).status == "unsupported"


def test_the_papers_own_name_may_be_used_of_any_sentence() -> None:
    title = Ground.of_texts(["It improves accuracy."], "STAPO: Silencing Spurious Tokens")
    introduced = Ground.of_texts(["It improves accuracy.", "We introduce EduEVAL, a dataset."])
    assert check_statement("STAPO 提升准确率", [1], title).status == "supported"
    assert check_statement("EduEVAL improves accuracy", [1], introduced).status == "supported"
    spoken_of = Ground.of_texts(["It improves accuracy.", "With EduEVAL, cost falls.", "EduEVAL is fast.", "MATH is hard."])
    assert check_statement("EduEVAL improves accuracy", [1], spoken_of).status == "supported"
    assert check_statement("MATH accuracy improves", [1], spoken_of).status == "partly"


def test_all_fields_of_a_result_are_checked_with_its_text() -> None:
    ground = Ground.of_texts([RESULT], "DeepSeek-R1")
    fields = {"text": "pass@1 大幅提升", "evidence": (1,), "dataset": "AIME 2024", "metric": "pass@1", "value": "71.0%"}
    assert check_claim(Result(**fields, baseline="PPO"), ground).status == "supported"
    wrong = check_claim(Result(**{**fields, "value": "79.0%"}), ground)
    assert [(one.kind, one.what) for one in wrong.complaints] == [("number", "79.0%")]
    assert check_claim(Result(**fields, baseline="GRPO"), ground).status == "unsupported"


def test_a_result_may_say_in_its_fields_again_what_its_text_says() -> None:
    ground = Ground.of_texts(["Success rises by 24% on OpenVLA and by 20% on the second policy."])
    told = {"text": "Success rises by 24% on OpenVLA", "evidence": (1,)}
    assert check_claim(Result(**told, value="24%"), ground).status == "supported"
    assert check_claim(Result(**told, value="42%"), ground).status == "unsupported"
    twice = "Success rises by 24% on OpenVLA and by 24% on the second policy"
    assert check_claim(Result(text=twice, evidence=(1,)), ground).status == "partly"


def test_a_title_in_capitals_is_no_name() -> None:
    claim = NamedClaim(name="Sparse Attention", text="It lowers the training cost", evidence=(1,))
    assert check_claim(claim, Ground.of_texts([DSA])).status == "supported"
    assert check_claim(Claim(text="It lowers the training cost", evidence=(1,)), Ground.of_texts([DSA])).status == "supported"


def test_a_complaint_carries_the_offending_words_in_sixty_characters() -> None:
    verdict = check_statement("Protein " * 40, [1], Ground.of_texts([PLAIN]))
    assert verdict.complaints
    assert all(len(one.what) <= 60 for one in verdict.complaints)
