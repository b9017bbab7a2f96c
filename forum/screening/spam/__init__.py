from forum.screening.spam.judgement import Judgement, judge

__all__ = ["Judgement", "judge"]
