"""What turns a sentence round, and what only sounds like it."""

import pytest

from digest.checking import Ground, check_statement

FASTER = (
    "It accelerates inference by 30% and reduces computational overhead while preserving accuracy, without additional labels."
)
BEATS = "Our Falcon agent outperforms Heron on planning tasks."
GAINS = "Success rate rises from 38.8% to 45.1%."
COST = "It delivers gains of up to 5.2% in accuracy and reductions of up to 73.1% in computational cost."


@pytest.mark.parametrize(
    ("statement", "sentence", "turned"),
    [
        ("推理加快 30%，计算开销更低", FASTER, False),
        ("推理减慢 30%，计算开销更低", FASTER, True),
        ("推理加快 30%，计算开销更高", FASTER, True),
        ("省去额外标签，不影响准确率", FASTER, False),
        ("需要额外标签", FASTER, True),
        ("Accuracy does not suffer and no additional labels are needed", FASTER, False),
        ("Inference is 30% slower", FASTER, True),
        ("规划任务上 Falcon 优于 Heron", BEATS, False),
        ("规划任务上 Heron 不如 Falcon", BEATS, False),
        ("规划任务上 Falcon 不如 Heron", BEATS, True),
        ("规划任务上 Falcon 并未优于 Heron", BEATS, True),
        ("Heron trails Falcon on planning tasks", BEATS, False),
        ("Falcon trails Heron on planning tasks", BEATS, True),
        ("成功率从 38.8% 提高到 45.1%", GAINS, False),
        ("成功率从 38.8% 下降到 45.1%", GAINS, True),
        ("成功率并未提高到 45.1%", GAINS, True),
        ("准确率最多提升 5.2%，计算成本最多降低 73.1%", COST, False),
        ("准确率最多提升 5.2%，计算成本最多增加 73.1%", COST, True),
        ("Accuracy rises by up to 5.2% and compute costs fall by up to 73.1%", COST, False),
        ("Accuracy rises by up to 5.2% and compute costs rise by up to 73.1%", COST, True),
        ("不同任务上的性能不相上下", "Performance is comparable across tasks.", False),
        ("不到 1k 步即达到该性能", "It reaches this performance within 1k steps.", False),
        ("误差不随深度增长", "Errors stay constant regardless of depth.", False),
    ],
)
def test_only_what_turns_its_sentence_round_is_complained_of(statement: str, sentence: str, turned: bool) -> None:
    found = check_statement(statement, [1], Ground.of_texts([sentence])).complaints
    assert ("negation" in {one.kind for one in found}) == turned
